import { isToDo } from '../../actions/infra/apply-groups.ts';
import type { PlannedItem } from '../../model/infra.ts';
import type { OpenNetwork } from '../open-network.ts';
import { adoptionOf } from './adoption-file.ts';

/** Units that take over from something say from what: whoever agrees to a plan knows what it ends. */
export async function withAdoptions(
  items: readonly PlannedItem[],
  open: OpenNetwork,
): Promise<readonly PlannedItem[]> {
  return Promise.all(
    items.map(async (planned) => {
      const { item } = planned;
      if (item.kind !== 'systemd' || item.service === null || !isToDo(planned)) return planned;
      const adoption = await adoptionOf(open, item.service);
      if (adoption === null || !planned.livePath.endsWith(`/${adoption.unit}`)) return planned;
      const { manager, process } = adoption;
      const by = manager.name === null ? manager.kind : `${manager.kind} ${manager.name}`;
      const words = `ends process ${process.pid} of ${by} and takes over from it`;
      const note = item.note === '' ? words : `${item.note}; ${words}`;
      return { ...planned, item: { ...item, note } };
    }),
  );
}
