/** How a job's last run ended, and whether that is bad. */
interface LastExit {
  /** `never`, `0`, `78 (EX_CONFIG)`, `Killed: 9`, `OS_REASON_…`. */
  readonly text: string;
  readonly isBad: boolean;
}

/** launchd stops a job with it, so it does not count as a crash. */
const stopped = 'Terminated: 15';

/**
 * The one line of three that is printed: `last exit code = 0`, `= 78: EX_CONFIG`, `= (never exited)`;
 * `last terminating signal = Killed: 9`; `last exit reason = OS_REASON_CODESIGNING`. Null when none
 * is there or its words are not known.
 */
export function lastExitOf(fields: ReadonlyMap<string, string>): LastExit | null {
  const signal = fields.get('last terminating signal') ?? '';
  if (signal !== '') return { text: signal, isBad: signal !== stopped };
  const reason = fields.get('last exit reason') ?? '';
  if (reason !== '') return { text: reason, isBad: true };
  const code = fields.get('last exit code') ?? '';
  if (/^\(?never exited\)?$/.test(code)) return { text: 'never', isBad: false };
  const [, number, name] = /^(-?\d+)(?:: (EX_\w+))?(?:\s|$)/.exec(code) ?? [];
  if (number !== undefined) {
    const text = name === undefined ? number : `${number} (${name})`;
    return { text, isBad: Number(number) !== 0 };
  }
  return code === '' ? null : { text: code.replace(/^\((.*)\)$/, '$1'), isBad: true };
}

/** "exit 1", and of a signal or a reason its own name. */
export function exitInWords(text: string): string {
  return /^-?\d/.test(text) ? `exit ${text}` : text;
}
