import type { Finding, Severity } from '../../model/audit.ts';
import { asFarAsSeen } from './as-far-as-seen.ts';
import { clockRules } from './clock-rules.ts';
import { containerRules } from './container-rules.ts';
import { cronRules } from './cron-rules.ts';
import { listenerRules } from './listener-rules.ts';
import { loginRules } from './login-rules.ts';
import { reachRules } from './reach-rules.ts';
import type { Looked, Rule } from './rule.ts';
import { serviceRules } from './service-rules.ts';
import { spaceRules } from './space-rules.ts';
import { survivalRules } from './survival-rules.ts';
import { untoldRules } from './untold-rules.ts';
import { updateRules } from './update-rules.ts';

const rules: readonly Rule[] = [
  ...survivalRules,
  ...serviceRules,
  ...reachRules,
  ...listenerRules,
  ...spaceRules,
  ...updateRules,
  ...clockRules,
  ...loginRules,
  ...cronRules,
  ...containerRules,
  ...untoldRules,
];

const worstFirst: readonly Severity[] = ['critical', 'warning', 'unknown', 'info'];

/** What of a host needs a look, worst first, then by id. What is normal is no finding. */
export function findingsOf(looked: Looked): readonly Finding[] {
  const found = rules.flatMap((rule) => rule(looked)).map(asFarAsSeen(looked));
  const once = new Map(found.toReversed().map((one) => [one.id, one]));
  return [...once.values()].toSorted(
    (a, b) =>
      worstFirst.indexOf(a.severity) - worstFirst.indexOf(b.severity) ||
      (a.id < b.id ? -1 : Number(a.id > b.id)),
  );
}
