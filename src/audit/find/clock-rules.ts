import type { Rule } from './rule.ts';

const notKept: Rule = ({ facts }) => {
  const { timeSynchronized, timeService, init } = facts.system;
  const hasTimedatectl = init === null || /^systemd\b/.test(init);
  if (timeSynchronized !== false) return [];
  const isNone = timeService === null || timeService === 'none';
  return [
    {
      id: 'time-not-synchronized',
      severity: 'warning',
      title: 'nothing keeps its clock right',
      evidence: isNone ? 'no time service runs' : `${timeService} has not heard the time yet`,
      remedy: !hasTimedatectl
        ? 'have ntpd or chronyd started at its boot'
        : isNone
          ? 'sudo timedatectl set-ntp true'
          : 'timedatectl timesync-status',
    },
  ];
};

/** How far apart, in steps; what is less is within what a look can tell. */
const steps = [
  { ms: 3_600_000, words: 'more than an hour', severity: 'critical' },
  { ms: 60_000, words: 'more than a minute', severity: 'critical' },
  { ms: 5000, words: 'more than five seconds', severity: 'warning' },
] as const;

const skewed: Rule = ({ facts }) => {
  const skewMs = facts.system.clockSkewMs ?? 0;
  const step = steps.find(({ ms }) => Math.abs(skewMs) >= ms);
  if (step === undefined) return [];
  return [
    {
      id: 'clock-skew',
      severity: step.severity,
      title: 'its clock and ours are apart',
      evidence: `it is ${step.words} ${skewMs > 0 ? 'ahead' : 'behind'}`,
      remedy: 'find out whose is wrong: timedatectl, on both',
    },
  ];
};

/** What its clock says. */
export const clockRules: readonly Rule[] = [notKept, skewed];
