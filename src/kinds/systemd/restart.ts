import type * as z from 'zod';
import type { JsonObject } from '../../model/json.ts';
import { countOf, textOf } from '../../model/read-facts.ts';
import type { Restart } from '../restart.ts';
import { execStep, notFound } from '../restart.ts';
import type { systemdSpec } from './spec.ts';
import { fullNameOf } from './unit-name.ts';

/** A unit may take its whole time to stop, and then to start. */
const slackMs = 30_000;

/** A user's manager is found by its runtime folder, which a session over ssh may not name. */
const userManager = 'XDG_RUNTIME_DIR=/run/user/$(id -u) exec systemctl --user "$@"';
const ofUser = ['sh', '-c', userManager, 'sh'] as const;

/** `systemctl restart`, without a question for a password; a start limit that was hit is lifted first. */
export function restart({ unit, user }: z.output<typeof systemdSpec>, facts: JsonObject): Restart {
  const name = fullNameOf(unit);
  const systemctl = user ? ofUser : (['systemctl', '--no-ask-password'] as const);
  const limitMs = (countOf(facts['limitSeconds']) ?? 90) * 1000 + slackMs;
  const loadState = textOf(facts['loadState']);
  if (loadState === 'not-found' || loadState === 'masked') {
    return notFound(
      name,
      `its unit is ${loadState}`,
      `systemctl ${user ? '--user ' : ''}cat ${name}`,
    );
  }
  const failed = textOf(facts['activeState']) === 'failed' || facts['startLimitHit'] === true;
  const stale = facts['needsDaemonReload'] === true;
  return {
    unit: name,
    steps: [
      ...(failed ? [execStep('forget that it failed', [...systemctl, 'reset-failed', name])] : []),
      { ...execStep('restart', [...systemctl, 'restart', name]), timeoutMs: limitMs },
    ],
    warnings: stale
      ? ['its file has changed since systemd read it: this starts what systemd knows']
      : [],
    refusal: null,
    minimumMs: 5000,
  };
}
