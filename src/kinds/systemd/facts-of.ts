import type { ObserveContext } from '../contract.ts';
import { changingFacts } from './changing.ts';
import { exitFacts } from './exit-facts.ts';
import type { UnitFacts } from './facts.ts';
import { isWhole, type Properties } from './read-show.ts';
import { isoText, readTimestamp, wholeNumber } from './read-time.ts';
import { timerFacts } from './timer-facts.ts';
import { typeOfUnit } from './unit-name.ts';

/** A clock that is further ahead of this one's does not tell for how long. */
const aheadSeconds = 60;

/** The facts of a unit, by what was said of it now and seen of it before. */
export function factsOf(properties: Properties, name: string, context: ObserveContext): UnitFacts {
  const text = (key: string): string | null => properties.get(key) || null;
  const words = (key: string): readonly string[] => text(key)?.split(' ') ?? [];
  const unitType = typeOfUnit(name);
  const pid = wholeNumber(properties.get('MainPID'));
  const state = {
    activeState: properties.get('ActiveState') ?? '',
    subState: properties.get('SubState') ?? '',
    serviceType: text('Type'),
    stateSince: isoText(readTimestamp(properties.get('StateChangeTimestamp'))),
  };
  const nowMs = context.transports.clock.now();
  return {
    unit: properties.get('Id') ?? name,
    unitType,
    loadState: properties.get('LoadState') ?? '',
    ...state,
    remainAfterExit: properties.get('RemainAfterExit') === 'yes',
    restart: text('Restart'),
    pid: pid === 0 ? null : pid,
    ...exitFacts(properties, state, context),
    unitFileState: text('UnitFileState'),
    path: text('FragmentPath'),
    dropIns: words('DropInPaths'),
    needsDaemonReload: properties.get('NeedDaemonReload') === 'yes',
    canReload: properties.get('CanReload') === 'yes',
    controlGroup: text('ControlGroup'),
    triggeredBy: words('TriggeredBy'),
    ...runningFacts(properties, state.activeState, nowMs),
    ...changingFacts(properties, state, context),
    timer: unitType === 'timer' ? { ...timerFacts(properties, nowMs), triggered: null } : null,
    isCutOff: !isWhole(properties, unitType),
  };
}

function runningFacts(
  properties: Properties,
  activeState: string,
  nowMs: number,
): Pick<UnitFacts, 'activeSince' | 'runningSeconds'> {
  const text = properties.get('ActiveEnterTimestamp');
  const sinceMs =
    activeState === 'active' || activeState === 'reloading' ? readTimestamp(text) : null;
  if (sinceMs === null) return { activeSince: null, runningSeconds: null };
  const seconds = Math.floor((nowMs - sinceMs) / 1000);
  const isAhead = seconds < -aheadSeconds;
  return { activeSince: isoText(sinceMs), runningSeconds: isAhead ? null : Math.max(0, seconds) };
}
