import type { FileVerdict } from './file-verdict.ts';
import type { FileKind } from './inventory.ts';
import type { JsonObject } from './json.ts';
import { countOf, textOf, textsOf } from './read-facts.ts';
import type { CheckReport } from './report.ts';

/** A managed file of a service, and what its unit was seen to be. */
export interface RunningCase {
  readonly kind: FileKind;
  /** Null where the service has no unit, or none that is known. */
  readonly unit: CheckReport | null;
  /** Whether its service has somebody who starts it, and is to run. */
  readonly isManaged: boolean;
  /** Since when an apply knows that what runs was not started anew with it (RFC 3339). */
  readonly unreadSince: string | null;
  /** When it was written last, in milliseconds since 1970 by its host's clock; null where that is not known. */
  readonly changedAtMs?: number | null;
  /** Whether a running Caddy has loaded what its file says; null where it cannot be asked. */
  readonly isLoaded: boolean | null;
  /** Why a Caddy that was asked has not told; absent where it has, or was not asked. */
  readonly notTold?: string | null;
  /** Where files of the inventory go on its host. */
  readonly places?: readonly string[];
}

/** What runs beside what lies there. */
interface Running {
  /** Why what runs is not what is on disk; null where it is, or nobody can tell. */
  readonly reason: string | null;
  /** Why it could not be looked at; null where it was, or there is nothing to look at. */
  readonly unread: string | null;
  /** Files that change the unit and that the inventory does not name. */
  readonly dropIns: readonly string[];
}

/** Two clocks may differ by so much. */
const slackMs = 2000;

/** What runs of a managed file, by what was seen of its unit. */
export function runningState(one: RunningCase): Running {
  const { kind, unit, isManaged, notTold = null } = one;
  const isKnown = kind === 'caddyfile' && one.isLoaded !== null;
  const unread = isKnown || !isManaged ? null : unreadOf(unit);
  const facts = unit !== null && unreadOf(unit) === null ? unit.facts : {};
  return {
    reason: reasonOf(one, facts),
    unread: (kind === 'caddyfile' && !isKnown ? notTold : null) ?? unread,
    dropIns: kind === 'systemd' ? strangeDropIns(facts, one.places ?? []) : [],
  };
}

/** A file as it stands, with what runs of it. */
interface Standing {
  readonly verdict: FileVerdict;
  readonly notes: readonly string[];
  readonly reloadNeeded: boolean;
}

/**
 * The verdict on a file that is as the repo says is no better than what is known of what runs: not
 * known where that could not be looked at, and made by hands where they have added to its unit.
 */
export function withRunning(
  verdict: FileVerdict,
  { reason, unread, dropIns }: Running,
  { isRecorded }: { readonly isRecorded: boolean },
): Standing {
  const isAsWanted = verdict === 'in-sync' || verdict === 'converged';
  const added = dropIns.length > 0 ? (isRecorded ? 'drift' : 'unmanaged') : verdict;
  return {
    verdict: !isAsWanted ? verdict : unread === null ? added : 'unknown',
    notes: [
      ...(unread === null ? [] : [`what runs could not be looked at: ${unread}`]),
      ...(dropIns.length > 0 ? [`changed by ${dropIns.join(', ')}, which files do not name`] : []),
      ...(reason === null ? [] : [`reload-needed: ${reason}`]),
    ],
    reloadNeeded: reason !== null,
  };
}

/** What could not be looked at, and what launchd does not show to who asks, is not known. */
function unreadOf(unit: CheckReport | null): string | null {
  if (unit === null) return null;
  const { fault, facts, note } = unit;
  if (fault !== null) return fault.message;
  if (Object.keys(facts).length === 0) return note;
  return facts['domain'] === null && facts['disabled'] !== true ? textOf(facts['doubt']) : null;
}

function reasonOf(
  { kind, isManaged, unreadSince, isLoaded, changedAtMs = null }: RunningCase,
  facts: JsonObject,
): string | null {
  if (kind === 'caddyfile' && isLoaded !== null) {
    return isLoaded ? null : 'Caddy runs with another configuration';
  }
  const ofUnit = unitReason(kind, facts) ?? (isManaged ? offReason(kind, facts) : null);
  if (ofUnit !== null) return ofUnit;
  const startedMs = startOf(facts);
  const isReadAtStart = kind === 'env' || kind === 'file';
  if (isReadAtStart && changedAtMs !== null && changedAtMs > startedMs + slackMs) {
    return `what runs is older than it: written at ${new Date(changedAtMs).toISOString()}`;
  }
  if (unreadSince === null) return null;
  if (startedMs > Date.parse(unreadSince) + slackMs) return null;
  return `what runs was not started anew since it was written at ${unreadSince}`;
}

function unitReason(kind: FileKind, facts: JsonObject): string | null {
  if (kind === 'launchd') {
    if ('domain' in facts && facts['domain'] === null) return 'it is not loaded';
    const differs = textsOf(facts['fileDiffers']);
    if (differs.length > 0) return `launchd has loaded another ${differs.join(', ')}`;
  }
  if (kind === 'systemd') {
    if (facts['needsDaemonReload'] === true || facts['loadState'] === 'not-found') {
      return 'systemd has not read it yet';
    }
  }
  return null;
}

/** Its unit was stopped, or is not started at the next boot. What failed by itself is no drift. */
function offReason(kind: FileKind, facts: JsonObject): string | null {
  if (kind !== 'launchd' && kind !== 'systemd') return null;
  if (isStopped(facts)) return 'its unit is stopped';
  return isDisabled(facts) ? 'its unit is not enabled' : null;
}

/** A oneshot whose work is done and what waits for its trigger are inactive too. */
function isStopped(facts: JsonObject): boolean {
  const { activeState, loadState, unitType, serviceType, remainAfterExit } = facts;
  if (activeState !== 'inactive' || loadState !== 'loaded') return false;
  const isOneshot = serviceType === 'oneshot' && remainAfterExit !== true;
  return unitType !== 'service' || !(isOneshot || textsOf(facts['triggeredBy']).length > 0);
}

/** Whether systemd, or launchd, does not start at boot what it could; what others start is not meant. */
export function isDisabled(facts: JsonObject): boolean {
  // Around a unit that is stopped nobody looks.
  if (facts['unitFileState'] === 'disabled' && isStopped(facts)) return true;
  const why = textOf(facts['rebootWhy']) ?? '';
  return facts['survivesReboot'] === false && /^(?:not enabled|disabled)$/.test(why);
}

/** When its process began, in milliseconds since 1970 by the clock of its host; NaN where that is not told. */
function startOf(facts: JsonObject): number {
  return countOf(facts['startedAtMs']) ?? Date.parse(textOf(facts['activeSince']) ?? '');
}

/** Of hands: those that a distribution or a generator brings lie elsewhere (systemd.unit(5)). */
const madeByHand = /^\/etc\/|^\/run\/systemd\/system|\/\.config\/systemd\//;

function strangeDropIns(facts: JsonObject, places: readonly string[]): readonly string[] {
  const isNamed = (path: string): boolean =>
    places.some((place) =>
      place.startsWith('~') ? path.endsWith(place.slice(1)) : path === place,
    );
  return textsOf(facts['dropIns']).filter((path) => madeByHand.test(path) && !isNamed(path));
}
