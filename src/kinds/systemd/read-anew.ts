import type { ExecStep } from '../../model/plan.ts';
import { execStep } from '../deed.ts';

/** A user's manager is found by its runtime folder, which a session over ssh may not name. */
const userManager = 'XDG_RUNTIME_DIR=/run/user/$(id -u) exec systemctl --user "$@"';

/** `systemctl` without a question for a password, of the system or of the user who asks. */
export function systemctlOf(user: boolean): readonly [string, ...string[]] {
  return user ? ['sh', '-c', userManager, 'sh'] : ['systemctl', '--no-ask-password'];
}

/** systemd goes on with the units that it has read, whatever is written since. */
export function daemonReload(user: boolean): ExecStep {
  return execStep('have systemd read its units anew', [...systemctlOf(user), 'daemon-reload']);
}

/** A unit whose file is to go: it is ended, and started by nothing any more. */
export function disableNow(unit: string, user: boolean): ExecStep {
  const step = execStep('stop and disable', [...systemctlOf(user), 'disable', '--now', unit]);
  return { ...step, timeoutMs: 120_000 };
}

/** One that has failed is listed on without its file; of one that has not there is nothing to forget (1). */
export function forgetFailure(unit: string, user: boolean): ExecStep {
  const argv = [...systemctlOf(user), 'reset-failed', unit] as const;
  return { ...execStep('forget that it failed', argv), okExits: [0, 1] };
}
