import { UserError } from '../../../model/errors.ts';
import type { ShownKey } from '../../../model/host-trust.ts';
import type { AuditGround } from '../with-host.ts';

/** Nothing was pinned (exit 2). */
export function refused(why: string, code: string, hint: string): UserError {
  return new UserError(`nothing was trusted: ${why}`, { code, hint, exitCode: 2 });
}

/** Before anything is asked: what has no key, and who may not act. */
export function refuseIfNotAllowed({ open, host, context }: AuditGround): void {
  if (open.rootPath === null) {
    throw refused('a lab has no keys', 'LAB', 'leave --lab out');
  }
  if (host.access === 'local') {
    throw refused(`${host.name} is reached without ssh`, 'NO_SSH', 'it needs no key');
  }
  if (context.options.readOnly) {
    throw refused('--read-only pins nothing', 'READ_ONLY', 'leave --read-only out');
  }
}

/** What was shown is not to be trusted, or not without a word more. */
export function refuseKeys(keys: readonly ShownKey[], { context }: AuditGround): void {
  const { fingerprint, replace } = context.options;
  const revoked = keys.find(({ state }) => state === 'revoked');
  if (revoked) {
    throw refused(
      `${shownAs(revoked)} is revoked in ${revoked.was.join(', ')}`,
      'KEY_REVOKED',
      'do not log in there: whoever holds this key may stand in between',
    );
  }
  const isThere = keys.some((one) => one.fingerprint === fingerprint);
  if (fingerprint !== null && !isThere) {
    throw refused(
      `the host shows ${keys.map(shownAs).join(', ')}, and not ${fingerprint}`,
      'FINGERPRINT_MISMATCH',
      'do not log in before you know why: another machine may answer in its place',
    );
  }
  const changed = keys.filter(({ state }) => state === 'changed');
  const [first] = changed;
  if (!first || replace) return;
  throw refused(
    `its key has changed: ${changed.map(shownAs).join(', ')} is not ${first.was.join(', ')}`,
    'KEY_CHANGED',
    'do not go on before you know why it has changed; then add --replace',
  );
}

function shownAs({ type, fingerprint }: ShownKey): string {
  return `${type} ${fingerprint}`;
}
