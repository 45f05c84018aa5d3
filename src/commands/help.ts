import { flags } from './flags.ts';
import { verbs } from './index.ts';

/** The commands and flags, with what follows their names. */
export function helpTable(): {
  readonly commands: readonly (readonly [string, string])[];
  readonly flags: readonly (readonly [string, string])[];
} {
  return {
    commands: verbs.map(({ name, usage, summary }) => [`${name} ${usage}`.trim(), summary]),
    flags: Object.entries(flags).map(([name, { usage, summary }]) => [
      `--${name}${usage}`,
      summary,
    ]),
  };
}

/** What `--help` prints. */
export function helpText(): string {
  const table = helpTable();
  return [
    'joelclaw: what runs on this network, what does not, and why',
    '',
    'usage: joelclaw                     the cockpit on a terminal, else the status page',
    '       joelclaw --headless --json   one sample, for agents',
    '       joelclaw COMMAND [FLAGS]',
    '',
    'commands',
    ...columns(table.commands),
    '',
    'flags',
    ...columns(table.flags),
    '',
    'exit codes: 0 done, 1 failed, 2 refused, 5 held by another, 64 usage, 70 a bug of ours, 78 the inventory is wrong, 130 interrupted',
    'start here: joelclaw lab',
    '',
  ].join('\n');
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const widest = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(widest)}  ${right}`.trimEnd());
}
