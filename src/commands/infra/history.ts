import type { ApplyLog } from '../../model/apply-log.ts';
import { envelope } from '../../outputs/envelope.ts';
import { type Command, headOf } from '../context.ts';
import { withInfra } from './open-infra.ts';

/** `infra history`: the applies of this network, the newest last. */
export const infraHistory: Command = (context) =>
  withInfra(context, async ({ store }) => {
    const logs = await store.list();
    if (context.options.json) {
      const applies = logs.map((log) => ({ ...entryOf(log), writes: writesOf(log) }));
      const answer = { schema: 'joelclaw.infra-history/v1', ok: true, result: { applies } };
      await context.write(envelope(headOf(context, 'infra history'), answer));
    } else await context.write(logs.map(textOf).join('') || 'nothing was applied yet\n');
    return 0;
  });

function entryOf({ id, at, actor, undoes, outcome, items }: ApplyLog) {
  return { id, at, actor, undoes, outcome: outcome ?? 'unfinished', items };
}

/** What was kept is named, never shown. */
function writesOf({ writes }: ApplyLog) {
  return writes.map(({ item, host, path, isDone, restore }) => ({
    ...{ item, host, path, state: restore === 'done' ? 'restored' : isDone ? 'done' : 'begun' },
  }));
}

function textOf(log: ApplyLog): string {
  const { id, at, actor, undoes, outcome, items } = entryOf(log);
  const what = undoes === null ? items.join(', ') : `takes back ${undoes}: ${items.join(', ')}`;
  return `${id}  ${at}  ${outcome}  ${what || 'nothing'}, by ${actor}\n`;
}
