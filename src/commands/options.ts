import { parseDuration } from '../model/duration.ts';
import { UserError } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { type FlagName, flags } from './flags.ts';
import { oneOf } from './one-of.ts';

/** What was asked for on the command line. */
export interface Options {
  readonly words: readonly string[];
  /** The flags that were written, whatever their values. */
  readonly given: readonly FlagName[];
  readonly root: string | null;
  readonly timeoutMs: number;
  readonly timeoutIsGiven: boolean;
  /** The scenario of `--lab[=SCENARIO]`; null without it. */
  readonly lab: string | null;
  readonly headless: boolean;
  readonly json: boolean;
  readonly watch: boolean;
  readonly exitCode: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly force: boolean;
  readonly readOnly: boolean;
  readonly actions: boolean;
  /** The id of one managed file; null for all. */
  readonly only: string | null;
  /** Where a plan is to be kept; null for nowhere. */
  readonly out: string | null;
  readonly overwriteDrift: boolean;
  readonly prune: boolean;
  readonly noRestart: boolean;
  /** Into the vault, what an audit has seen. */
  readonly write: boolean;
  readonly detailedExitcode: boolean;
  readonly verify: boolean;
  /** As it was given; null without it. */
  readonly fingerprint: string | null;
  readonly replace: boolean;
  /** The service that a unit is to run; null without it. */
  readonly adopt: string | null;
  readonly strict: boolean;
  readonly follow: boolean;
  /** As they were given; null without. */
  readonly lines: string | null;
  readonly since: string | null;
  readonly grep: string | null;
  /** Ask for oneself, whoever polls. */
  /** Of an event, as it was given; null without it. */
  readonly data: string | null;
  readonly fresh: boolean;
  readonly plain: boolean;
  readonly noColor: boolean;
  /** One that there is; null without it. */
  readonly theme: string | null;
  /** The time in the cockpit's header. */
  readonly clock: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

// An import would read every export of node:util, some of which load what is never used here.
const { parseArgs } = process.getBuiltinModule('node:util');

const defaultTimeoutMs = 30_000;

/** Reads the command line; a flag that is not known is the user's mistake, with the nearest one named. */
export function readOptions(argv: readonly string[]): Options {
  const { values, positionals } = parse(argv);
  return {
    words: positionals,
    given: Object.keys(values) as FlagName[],
    root: rootOf(values.root),
    timeoutMs: values.timeout === undefined ? defaultTimeoutMs : timeoutOf(values.timeout),
    timeoutIsGiven: values.timeout !== undefined,
    lab: values.lab ?? null,
    headless: values.headless ?? false,
    json: values.json ?? false,
    watch: values.watch ?? false,
    exitCode: values['exit-code'] ?? false,
    dryRun: values['dry-run'] ?? false,
    yes: values.yes ?? false,
    force: values.force ?? false,
    readOnly: values['read-only'] ?? false,
    actions: values.actions ?? false,
    only: values.only ?? null,
    out: values.out === undefined ? null : fileOf(values.out),
    overwriteDrift: values['overwrite-drift'] ?? false,
    prune: values.prune ?? false,
    noRestart: values['no-restart'] ?? false,
    write: values.write ?? false,
    detailedExitcode: values['detailed-exitcode'] ?? false,
    verify: values.verify ?? false,
    fingerprint: values.fingerprint ?? null,
    replace: values.replace ?? false,
    adopt: values.adopt ?? null,
    strict: values.strict ?? false,
    follow: values.follow ?? false,
    lines: values.lines ?? null,
    since: values.since ?? null,
    grep: values.grep ?? null,
    data: values.data ?? null,
    fresh: values.fresh ?? false,
    plain: values.plain ?? false,
    noColor: values['no-color'] ?? false,
    theme: values.theme === undefined ? null : themeOf(values.theme),
    clock: values.clock ?? false,
    help: values.help ?? false,
    version: values.version ?? false,
  };
}

function parse(argv: readonly string[]) {
  // A bare --lab has a scenario too, which parseArgs cannot say of a string flag.
  const args = argv.map((word) => (word === '--lab' ? '--lab=healthy' : word));
  try {
    return parseArgs({ args, options: flags, allowPositionals: true, strict: true });
  } catch (error) {
    throw usageOf(error instanceof Error ? error.message : String(error));
  }
}

/** Node's own message goes on about positionals; its first sentence says it. */
function usageOf(message: string): UserError {
  const flag = /'(?:-\w, )?(-[^' ]+)/.exec(message)?.[1] ?? '';
  const name = flag.replace(/^-+/, '');
  const long = Object.entries(flags).find(
    ([one, known]) => one === name || ('short' in known && known.short === name),
  );
  if (long) {
    const [word, known] = long;
    const dashed = message.includes('is ambiguous') ? ' that begins with no dash' : '';
    const wanted = `${flag} ${wants(known.type)}${dashed}`;
    return new UserError(wanted, { hint: `--${word}${known.usage}` });
  }
  const near = nearest(name, Object.keys(flags));
  const hint = near === null ? 'see joelclaw --help' : `did you mean --${near}?`;
  const isUnknown = message.startsWith('Unknown option');
  return new UserError(
    isUnknown ? `there is no flag ${flag}` : (message.split('. ')[0] ?? message),
    { hint },
  );
}

function wants(type: 'string' | 'boolean'): string {
  return type === 'string' ? 'wants a value' : 'takes no value';
}

/** A script's variable that is not set must not lead to another network. */
function rootOf(text: string | undefined): string | null {
  if (text !== '') return text ?? null;
  throw new UserError('--root wants a value, and it is empty', { hint: '--root DIR' });
}

function fileOf(text: string): string {
  if (text !== '') return text;
  throw new UserError('--out wants a value, and it is empty', { hint: '--out FILE' });
}

function themeOf(text: string): string {
  return oneOf(text, flags.theme.values, { by: '--theme', what: 'theme' });
}

function timeoutOf(text: string): number {
  const ms = parseDuration(text);
  if (ms !== null && ms > 0) return ms;
  throw new UserError(`--timeout ${text} is not a duration`, {
    hint: 'write it as 500ms, 20s or 2m',
  });
}
