import type { TroubledUnit } from '../../model/audit-facts.ts';
import { type Answers, toldBy } from '../collect/answers.ts';
import { blocksBy, byText } from './told.ts';

/** What systemctl(1) tells of each service, by which it neither runs nor rests as it should; null where it tells nothing. */
export function troubledUnitsOf(answers: Answers): readonly TroubledUnit[] | null {
  const system = blocksBy(answers, 'services');
  if (system === null) return null;
  const now = Number(toldBy(answers, 'clock') ?? Number.NaN);
  const of = (blocks: readonly ReadonlyMap<string, string>[], user: boolean) =>
    blocks.flatMap((block): readonly TroubledUnit[] => {
      const trouble = troubleOf(block, now);
      return trouble === null ? [] : [{ unit: block.get('Id') ?? '', user, trouble }];
    });
  const all = [...of(system, false), ...of(blocksBy(answers, 'user-services') ?? [], true)];
  return all.toSorted((a, b) => byText(a.unit, b.unit) || Number(a.user) - Number(b.user));
}

/** So often it may be started anew before that is more than bad luck. */
const luck = 3;
/** A service that has lived for so long, in seconds, has left its loop. */
const steady = 60;

function troubleOf(unit: ReadonlyMap<string, string>, now: number): TroubledUnit['trouble'] | null {
  const [state, sub] = [unit.get('ActiveState'), unit.get('SubState')];
  const restarts = Number(unit.get('NRestarts') ?? 0);
  const lives = now - Date.parse(unit.get('ActiveEnterTimestamp') ?? '') / 1000;
  const isDown = state === 'activating' || sub === 'auto-restart';
  if (restarts >= luck && (isDown || (state === 'active' && lives < steady))) return 'looping';
  if (unit.get('LoadState') === 'loaded' && unit.get('NeedDaemonReload') === 'yes') {
    return 'changed';
  }
  return state === 'activating' && sub?.startsWith('start') ? 'starting' : null;
}
