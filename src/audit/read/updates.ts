import type { AuditFacts } from '../../model/audit-facts.ts';
import { type Answers, answerOf, toldBy } from '../collect/answers.ts';
import { newestOf } from './kernel-order.ts';
import { timerIsActive } from './timer-state.ts';
import { fileLinesBy, isAbsent, lineOf, listedBy } from './told.ts';

/** What waits to be installed or started anew, and whether that happens by itself. */
export function updatesOf(answers: Answers, ofDebian: boolean): AuditFacts['updates'] {
  const runningKernel = lineOf(answers, 'uname')?.split(/\s+/)[1] ?? null;
  const kernels = listedBy(answers, 'kernels');
  return {
    rebootRequired: rebootRequired(answers, ofDebian),
    pending: pendingOf(answers),
    runningKernel,
    newestKernel:
      kernels === null || runningKernel === null ? null : newestOf(kernels, runningKernel),
    automatic: automaticOf(answers, ofDebian),
  };
}

/** Packages of Debian leave a mark; of others its absence tells nothing. */
function rebootRequired(answers: Answers, ofDebian: boolean): boolean | null {
  const { why, text } = answerOf(answers, 'reboot-required');
  if (why !== null) return null;
  if (text.trim() !== '') return true;
  return ofDebian ? false : null;
}

/** `12 updates can be applied immediately.`, as update-notifier has written it last. */
function pendingOf(answers: Answers): number | null {
  const lines = fileLinesBy(answers, 'updates-available');
  const [, count] = /^(\d{1,5}) (?:updates?|packages?) can be /m.exec(lines.join('\n')) ?? [];
  return count === undefined ? null : Number(count);
}

/** apt.conf(5), the last word counts; dnf has a timer for it. */
function automaticOf(answers: Answers, ofDebian: boolean): boolean | null {
  if (timerIsActive(answers, /^dnf(?:5)?-automatic(?:-install)?\.timer$/)) return true;
  if (!ofDebian) return null;
  if (isAbsent(answers, 'automatic-updates')) return false;
  if (toldBy(answers, 'automatic-updates') === null) return null;
  const lines = fileLinesBy(answers, 'automatic-updates');
  const word = lines.flatMap(
    (line) => /^\s*APT::Periodic::Unattended-Upgrade\s+"?(\d+)"?\s*;/.exec(line)?.[1] ?? [],
  );
  const isOn = Number(word.at(-1) ?? 0) > 0;
  return isOn && timerIsActive(answers, /^apt-daily-upgrade\.timer$/) !== false;
}
