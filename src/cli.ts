import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context } from './commands/context.ts';
import { tellFailure } from './commands/failure.ts';
import { verbs } from './commands/index.ts';
import { type Options, readOptions } from './commands/options.ts';
import { createWriter } from './commands/writer.ts';
import { nearest } from './inventory/suggest.ts';
import { UserError } from './model/errors.ts';

const startedMs = Date.now();
const packageRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..');

process.exitCode = await main(process.argv.slice(2));

/** argv to a command to an exit code. Only what the command needs is loaded. */
async function main(argv: readonly string[]): Promise<number> {
  const write = createWriter(process.stdout);
  let context: Context | null = null;
  try {
    const options = readOptions(argv);
    context = contextOf(options, write);
    return await run(context);
  } catch (error) {
    const json = context?.options.json ?? argv.includes('--json');
    const words = context?.options.words ?? [];
    return tellFailure(error, { json, words, startedMs, write, tell });
  }
}

async function run(context: Context): Promise<number> {
  const { options, write } = context;
  if (options.version) {
    await write(`joelclaw ${process.env['JOELCLAW_VERSION'] ?? 'unreleased'}\n`);
    return 0;
  }
  if (options.help || options.words[0] === 'help') {
    await write((await import('./commands/help.ts')).helpText());
    return 0;
  }
  const [name] = options.words;
  if (name === undefined)
    return (await import('./commands/on-network.ts')).sampleOrCockpit(context);
  const verb = verbs.find((one) => one.name === name);
  if (!verb) throw unknownVerb(name);
  if (options.words.length - 1 > verb.words) {
    throw new UserError(`\`joelclaw ${name}\` takes no further words`, {
      hint: `joelclaw ${name} ${verb.usage}`.trim(),
    });
  }
  return (await verb.load())(context);
}

function contextOf(options: Options, write: Context['write']): Context {
  const ending = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => ending.abort(name));
  }
  return {
    options,
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    packageRoot,
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

function unknownVerb(name: string): UserError {
  const near = nearest(
    name,
    verbs.map((verb) => verb.name),
  );
  const hint = near === null ? 'see joelclaw --help' : `did you mean \`joelclaw ${near}\`?`;
  return new UserError(`there is no command "${name}" in this version`, { hint });
}
