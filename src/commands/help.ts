import { actingVerbs } from './acting-verbs.ts';
import { exitsText } from './exits.ts';
import { type FlagName, flags } from './flags.ts';
import { verbs } from './index.ts';
import { verbsOf } from './refuse-flags.ts';
import type { Verb } from './verb.ts';

type Row = readonly [string, string];

/** What help is made of: commands and flags, with what follows their names. */
interface HelpTable {
  readonly commands: readonly Row[];
  readonly flags: readonly Row[];
}

/** All commands and flags, or one command and the flags that it takes. */
export function helpTable(verb: Verb | null): HelpTable {
  const names = Object.keys(flags) as FlagName[];
  return {
    commands: (verb === null ? verbs : [verb]).map((one) => [usageOf(one), one.summary]),
    flags: names.filter((name) => isFor(name, verb)).map((name) => flagRow(name, verb)),
  };
}

/** What `--help` prints. */
export function helpText(verb: Verb | null = null): string {
  return (verb === null ? wholePage(helpTable(null)) : pageOf(verb)).join('\n');
}

/** `restart ID…` */
function usageOf({ name, usage }: Verb): string {
  return `${name} ${usage}`.trim();
}

/** `--watch` is of the bare command alone, and a simulated network stands in only for one that is asked. */
function isFor(name: FlagName, verb: Verb | null): boolean {
  if (verb === null) return true;
  if (ofScreen.has(name)) return false;
  if (name === 'lab') return verb.onNetwork;
  if (name === 'root') return verb.name !== 'lab';
  return verbsOf(name)?.includes(verb.name) ?? true;
}

/** Of the bare command alone. */
const ofScreen: ReadonlySet<FlagName> = new Set(['watch', 'theme', 'clock']);

function flagRow(name: FlagName, verb: Verb | null): Row {
  const { usage, summary, ...more } = flags[name];
  const short = 'short' in more ? `-${more.short}, ` : '';
  const acts = actingVerbs.some((one) => one.name === verb?.name);
  const words = acts && 'ofActions' in more ? more.ofActions : summary;
  return [`${short}--${name}${usage}`, words];
}

function wholePage(table: HelpTable): readonly string[] {
  return [
    'joelclaw: what runs on this network, what does not, and why',
    '',
    'usage: joelclaw                     the cockpit on a terminal, else the status page',
    '       joelclaw --headless --json   one sample, for agents',
    '       joelclaw COMMAND [FLAGS]     `joelclaw COMMAND --help` tells more of one',
    '',
    'commands',
    ...columns(table.commands),
    '',
    'flags',
    ...columns(table.flags),
    '',
    `exit codes: ${exitsText()}`,
    'start here: joelclaw lab',
    '',
  ];
}

function pageOf(verb: Verb): readonly string[] {
  return [
    `joelclaw ${verb.name}: ${verb.summary}`,
    '',
    `usage:   joelclaw ${usageOf(verb)} [FLAGS]`,
    `example: ${verb.example}`,
    '',
    'flags',
    ...columns(helpTable(verb).flags),
    '',
    `exit codes: ${exitsText(verb.exits, verb.exitWords)}`,
    '',
  ];
}

function columns(rows: readonly Row[]): readonly string[] {
  const widest = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(widest)}  ${right}`.trimEnd());
}
