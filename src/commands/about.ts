import { envelope } from '../outputs/envelope.ts';
import { type Context, headOf } from './context.ts';
import { exitsText } from './exits.ts';
import { helpTable, helpText } from './help.ts';
import type { Verb } from './verb.ts';

/** `--version`: a line, or the same as JSON. */
export async function tellVersion(context: Context): Promise<number> {
  const version = process.env['JOELCLAW_VERSION'] ?? 'unreleased';
  if (context.options.json) {
    const answer = { schema: 'joelclaw.version/v1', ok: true, result: { version } };
    await context.write(envelope(headOf(context, '--version'), answer));
  } else await context.write(`joelclaw ${version}\n`);
  return 0;
}

/** `--help`, of one command or of all: a page, or the same as JSON. */
export async function tellHelp(context: Context, verb: Verb | null): Promise<number> {
  if (context.options.json) {
    const answer = { schema: 'joelclaw.help/v1', ok: true, result: helpJson(verb) };
    const asked = verb === null ? '--help' : `${verb.name} --help`;
    await context.write(envelope(headOf(context, asked), answer));
  } else await context.write(helpText(verb));
  return 0;
}

function helpJson(verb: Verb | null): object {
  const entry = ([usage, summary]: readonly [string, string]): object => ({ usage, summary });
  const { commands, flags } = helpTable(verb);
  const all = { commands: commands.map(entry), flags: flags.map(entry) };
  if (verb === null) return all;
  return { ...all, example: verb.example, exitCodes: exitsText(verb.exits) };
}
