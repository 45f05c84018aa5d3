import type { AuditedService, AuditReport, FoundManager } from '../../model/audit.ts';
import { type Compared, joined, nothing, type Sides, sideNames } from './things.ts';
import { compareValue, saidOf } from './values.ts';

/** What manages each service that both have seen, and whether it comes back after a reboot. */
export function compareManagers({ before, after }: Sides<AuditReport>): Compared {
  const old = new Map(before.services.map((one) => [keyOf(one), one]));
  return joined(
    after.services.flatMap((now) => {
      const was = old.get(keyOf(now));
      return was ? [compareService(was, now)] : [];
    }),
  );
}

/** Whatever else listens has no name that lasts. */
function keyOf({ name, declared, port }: AuditedService): string {
  return declared ? name : `${name}:${port}`;
}

function compareService(was: AuditedService, now: AuditedService): Compared {
  const [before, after] = [managerText(was.manager), managerText(now.manager)];
  const key = keyOf(now);
  const title = `the manager of ${key}`;
  if (before === null && after === null) return { ...nothing, untold: [title] };
  const managers = compareValue({
    id: `manager/${key}`,
    title,
    severity: 'warning',
    before,
    after,
  });
  // What survives follows from the manager: one of both is enough to be told.
  if (managers !== nothing) return managers;
  return compareReboot(was, now, key);
}

function compareReboot(was: AuditedService, now: AuditedService, key: string): Compared {
  const [before, after] = [saidOf(was.survives.reboot), saidOf(now.survives.reboot)];
  const title = `whether ${key} survives a reboot`;
  if (before === null && after === null) return nothing;
  if (before === null || after === null) {
    const side = before === null ? sideNames.before : sideNames.after;
    return {
      ...nothing,
      unknowns: [{ id: `reboot/${key}`, title, why: `${side} could not tell` }],
    };
  }
  return compareValue({ id: `reboot/${key}`, title, severity: 'warning', before, after });
}

/** Sessions, and what was started from them, are called after a number that is another one each time. */
const nameless = new Set(['session', 'nohup', 'cron', 'tmux']);

/** `systemd pdf-brain.service`; null where it is not known: a guess is no knowledge. */
function managerText({ kind, name, confidence }: FoundManager): string | null {
  if (kind === 'unknown' || confidence === 'guess') return null;
  const lasting = nameless.has(kind) ? null : (name?.replace(/^\d+\./, '') ?? null);
  return lasting === null || /^[0-9a-f]{12,64}$/.test(lasting) ? kind : `${kind} ${lasting}`;
}
