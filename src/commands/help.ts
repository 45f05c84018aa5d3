import { verbs } from './index.ts';

const flags: readonly (readonly [string, string])[] = [
  ['--headless', 'one sample without the cockpit'],
  ['--json', 'one JSON object on stdout, and nothing else'],
  ['--watch', 'with --headless: one JSON line per change, until ctrl-c'],
  [
    '--root DIR',
    'the folder of inventory.yaml (else $JOELCLAW_ROOT, here and above, ~/.config/joelclaw)',
  ],
  ['--timeout 20s', 'the deadline of a sample; what has not answered is unknown (30s)'],
  ['--exit-code', '0 up, 1 degraded or unknown, 2 down (else 0 whenever the sample was taken)'],
  ['--fresh', 'probe, and do not ask a running cockpit'],
  ['--lab[=SCENARIO]', 'any verb over a simulated network'],
  ['--read-only', 'no action can run'],
  ['--dry-run', 'actions only print what they would do'],
  ['--plain', 'no colour and no full screen'],
  ['--no-color', 'the same as NO_COLOR=1'],
  ['--help', ''],
  ['--version', ''],
];

/** What `--help` prints. */
export function helpText(): string {
  const commands = verbs.map(
    ({ name, usage, summary }) => [`${name} ${usage}`.trim(), summary] as const,
  );
  return [
    'joelclaw: what runs on this network, what does not, and why',
    '',
    'usage: joelclaw                     the cockpit on a terminal, else the status page',
    '       joelclaw --headless --json   one sample, for agents',
    '       joelclaw COMMAND [FLAGS]',
    '',
    'commands',
    ...columns(commands),
    '',
    'flags',
    ...columns(flags),
    '',
    'exit codes: 0 done, 64 usage, 70 a bug of ours, 78 the inventory is wrong, 130 interrupted',
    'start here: joelclaw lab',
    '',
  ].join('\n');
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const widest = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(widest)}  ${right}`.trimEnd());
}
