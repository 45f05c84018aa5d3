import { envelope } from '../outputs/envelope.ts';
import { type Context, headOf } from './context.ts';
import { helpTable, helpText } from './help.ts';

/** `--version` and `--help`: a line or a page, or the same as JSON. */
export async function tellAbout(context: Context, about: 'version' | 'help'): Promise<number> {
  const version = process.env['JOELCLAW_VERSION'] ?? 'unreleased';
  if (context.options.json) {
    const result = about === 'version' ? { version } : named(helpTable());
    const answer = { schema: `joelclaw.${about}/v1`, ok: true, result };
    await context.write(envelope(headOf(context, `--${about}`), answer));
  } else await context.write(about === 'version' ? `joelclaw ${version}\n` : helpText());
  return 0;
}

function named({ commands, flags }: ReturnType<typeof helpTable>): object {
  const entry = ([usage, summary]: readonly [string, string]): object => ({ usage, summary });
  return { commands: commands.map(entry), flags: flags.map(entry) };
}
