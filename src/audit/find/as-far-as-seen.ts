import type { Finding } from '../../model/audit.ts';
import type { Looked } from './rule.ts';

/** What says of a service that something is not there: no port, no line at boot, no unit. */
const byAbsence = /^(?:manual-service|not-after-\w+|not-answering|blocked|undeclared-listener)\//;

/** What was asked for who listens, who has started that, and who starts it again. */
const telling =
  /^(?:listeners|netstat|socket-owners|services|user-services|crontabs?|lineages|(?:process|links|arguments)-\d+)$/;

/** Of what was not seen nothing follows: such a finding is none where the look has missed what might speak against it. */
export function asFarAsSeen({ cutOff, unknowns }: Looked): (finding: Finding) => Finding {
  const missed = unknowns.filter(
    ({ probe, why }) => (why === 'cut-off' || why === 'timed-out') && telling.test(probe),
  );
  if (cutOff === null && missed.length === 0) return (finding) => finding;
  const what = cutOff === null ? missed.map(({ probe }) => probe).join(', ') : 'all after its end';
  return (finding) =>
    byAbsence.test(finding.id)
      ? {
          ...finding,
          severity: 'unknown',
          title: `as far as was seen, ${finding.title}`,
          evidence: `${finding.evidence}; not seen: ${what}`,
        }
      : finding;
}
