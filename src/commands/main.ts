import { homedir, userInfo } from 'node:os';
import { UserError } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import type { Context } from './context.ts';
import { tellFailure } from './failure.ts';
import { verbs } from './index.ts';
import { type Options, readOptions } from './options.ts';
import { refuseFlags } from './refuse-flags.ts';
import type { Verb } from './verb.ts';
import { createWriter } from './writer.ts';

const watchHint = 'joelclaw --headless --watch, without a command';
const startedMs = Date.now();

// A pattern of the inventory or of a filter that backtracks without end is handed to V8's linear
// engine: no regular expression can stop the cockpit.
process
  .getBuiltinModule('node:v8')
  .setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');

/** argv to a command to an exit code. Only what the command needs is loaded. */
export async function main(argv: readonly string[]): Promise<number> {
  const ending = new AbortController();
  const write = createWriter(process.stdout, () => ending.abort('EPIPE'));
  let context: Context | null = null;
  try {
    const options = readOptions(argv);
    context = contextOf(options, { write, ending });
    return await run(context);
  } catch (error) {
    const json = context?.options.json ?? argv.includes('--json');
    const words = context?.options.words ?? [];
    return tellFailure(error, { json, words, startedMs, write, tell });
  }
}

async function run(context: Context): Promise<number> {
  const { options } = context;
  const [name, ...others] = options.words;
  if (options.version || name === 'version') {
    return (await import('./about.ts')).tellVersion(context);
  }
  if (options.help || name === 'help') {
    const [about] = name === 'help' ? others : options.words;
    const verb = about === undefined ? null : await verbOf(about, options);
    return (await import('./about.ts')).tellHelp(context, verb);
  }
  if (name === undefined) {
    refuseFlags(options, null);
    return (await import('./default.ts')).sampleOrCockpit(context);
  }
  const verb = await verbOf(name, options);
  const extra = options.words.length - 1;
  if (extra > verb.words) {
    const most = verb.words === 0 ? 'no word' : `${verb.words} word`;
    throw new UserError(`\`joelclaw ${name}\` takes ${most}, not ${extra}`, {
      hint: `joelclaw ${name} ${verb.usage}`.trim(),
    });
  }
  if (options.lab !== null && !verb.onNetwork) {
    throw new UserError(`--lab says nothing to \`joelclaw ${name}\``, { hint: 'leave it out' });
  }
  refuseFlags(options, name);
  if (options.watch) throw new UserError('--watch streams a whole network', { hint: watchHint });
  return (await verb.load())(context);
}

function contextOf(
  options: Options,
  { write, ending }: { readonly write: Context['write']; readonly ending: AbortController },
): Context {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => ending.abort(name));
  }
  return {
    options,
    env: process.env,
    cwd: process.cwd(),
    home: homedir() || userInfo().homedir,
    isTty: Boolean(process.stdin.isTTY && process.stdout.isTTY),
    signal: ending.signal,
    startedMs,
    write,
    warn,
  };
}

function warn(line: string): void {
  tell(`joelclaw: ${line}`);
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function verbOf(name: string, { lab }: Options): Promise<Verb> {
  const verb = verbs.find((one) => one.name === name);
  if (verb) return verb;
  throw await unknownVerb(name, lab !== null);
}

async function unknownVerb(name: string, inLab: boolean): Promise<UserError> {
  const near = nearest(
    name,
    verbs.map((verb) => verb.name),
  );
  const { labScenarios } = await import('../lab/index.ts');
  const isScenario = inLab && labScenarios.some((scenario) => scenario.name === name);
  const lab = isScenario ? `a scenario is written --lab=${name}` : 'see joelclaw --help';
  const hint = near === null ? lab : `did you mean \`joelclaw ${near}\`?`;
  return new UserError(`there is no command "${name}" in this version`, { hint });
}
