import type { AppliedFile } from '../../model/applied.ts';
import type { FileKind } from '../../model/inventory.ts';
import { countOf, textOf, textsOf } from '../../model/read-facts.ts';
import type { CheckReport } from '../../model/report.ts';
import { isSeen } from '../unit-mark.ts';

/** A managed file of a service, and what its unit was seen to be. */
export interface ReloadCase {
  readonly kind: FileKind;
  readonly recorded: AppliedFile | null;
  /** Null where the service has no unit, or none that is known. */
  readonly unit: CheckReport | null;
  /** Whether a running Caddy has loaded what its file says; null where it cannot be asked. */
  readonly isLoaded: boolean | null;
}

/** Two clocks may differ by so much. */
const slackMs = 2000;

/** Why what runs is not what is on disk; null where it is, or nobody can tell. */
export function reloadReason({ kind, recorded, unit, isLoaded }: ReloadCase): string | null {
  if (kind === 'caddyfile' && isLoaded !== null) {
    return isLoaded ? null : 'Caddy runs with another configuration';
  }
  const facts = unit !== null && isSeen(unit) ? unit.facts : {};
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
  const { unreadSince = null } = recorded ?? {};
  if (unreadSince === null) return null;
  const startedMs = countOf(facts['startedAtMs']) ?? Date.parse(textOf(facts['activeSince']) ?? '');
  if (startedMs > Date.parse(unreadSince) + slackMs) return null;
  return `what runs was not started anew since it was written at ${unreadSince}`;
}
