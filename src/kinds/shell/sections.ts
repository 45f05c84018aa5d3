import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';

/** What a program of a script has said, its words of trouble among it, and how it ended. */
export interface Section {
  readonly text: string;
  readonly exitCode: number;
}

/** By name. What was not there, or did not answer, has none. */
export type Sections = ReadonlyMap<string, Section>;

const sentinel = '@@DONE';

/** `@@SAID disk-2 /dev/sda1 ...`: a line of one that was asked beside others. */
const saidLine = /^@@SAID (\S+) (.*)$/;
const beginLine = /^@@BEGIN (\S+)$/;
const endLine = /^@@END (\S+) (\d+)$/;

/**
 * Reads the frames that the prelude prints. Text before and between them is a greeting of the
 * user's own shell and left out. Whatever is not whole is the fault `protocol`, except one that was
 * asked beside others and did not come to its end: that one has no section.
 */
export function parseSections(output: string): Sections {
  const lines = output.split('\n');
  const sections = new Map<string, Section>();
  const beside = new Map<string, string[]>();
  let open: { readonly id: string; readonly lines: string[] } | null = null;
  for (const line of lines.slice(0, -2)) {
    const [, speaker = '', words = ''] = saidLine.exec(line) ?? [];
    const [, begun = ''] = beginLine.exec(line) ?? [];
    const [, ended = '', exitCode = ''] = endLine.exec(line) ?? [];
    const said = ended === open?.id ? open.lines : beside.get(ended);
    if (speaker !== '') beside.set(speaker, [...(beside.get(speaker) ?? []), words]);
    else if (said) {
      sections.set(ended, { text: said.join('\n'), exitCode: Number(exitCode) });
      if (ended === open?.id) open = null;
    } else if (begun !== '') {
      if (open || sections.has(begun)) throw garbled(`${begun} begins where it cannot`);
      open = { id: begun, lines: [] };
    } else if (open) open.lines.push(line);
    else if (line === sentinel) throw garbled('it goes on after its end');
  }
  const isWhole = open === null && lines.at(-2) === sentinel && lines.at(-1) === '';
  if (isWhole) return sections;
  throw garbled(`it is cut off ${open ? `in ${open.id}` : 'before its end'}`);
}

function garbled(what: string): FaultError {
  return new FaultError(
    faultOf('protocol', `the answer of /bin/sh is not understood: ${what}`, {
      hint: 'see what its login prints: ssh HOST true',
    }),
  );
}

/** Ended by `timeout`, by SIGKILL or SIGTERM: whoever did that, it had not answered. */
const endedByForce: ReadonlySet<number> = new Set([124, 137, 143]);

/** What a guarded program has to tell; null for one that did not answer. */
export function answerOf(section: Section | undefined): Section | null {
  return section === undefined || endedByForce.has(section.exitCode) ? null : section;
}

/** The last of what was said, no longer than a note may be. */
export function lastLineOf({ text }: Section): string {
  return (text.trim().split('\n').at(-1) ?? '').slice(0, 120);
}
