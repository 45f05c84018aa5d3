import { parseDuration } from '../model/duration.ts';
import { UserError } from '../model/errors.ts';
import type { LogLine } from '../model/log-line.ts';
import { envelope } from '../outputs/envelope.ts';
import { type LogLook, logJson, logText } from '../outputs/log-text.ts';
import { chooseLogs } from './acting/choose-logs.ts';
import { type FirstLines, follow, type Printer, readFirst } from './acting/follow-logs.ts';
import type { OpenLog } from './acting/open-log.ts';
import { openLogs } from './acting/open-logs.ts';
import { type Command, type Context, headOf, wantsColor } from './context.ts';
import { openNetwork } from './open-network.ts';

const usualLines = 50;
/** Of a span, and of what a pattern is looked for in. */
const mostLines = 100_000;

/** The last lines of the logs of services and functions by time, and with `-f` what comes after them. */
export const logs: Command = async (context) => {
  const [, ...ids] = context.options.words;
  if (ids.length === 0)
    throw new UserError('whose log?', {
      hint: 'joelclaw logs HOST/SERVICE, or a function of an Inngest server',
    });
  const asked = askedOf(context);
  const open = await openNetwork(context);
  try {
    const { signal, warn, options } = context;
    const chosen = await chooseLogs(ids, open, signal);
    const names = [
      ...chosen.services.map(({ id }) => id),
      ...chosen.functions.map(({ name }) => name),
    ];
    const { clock } = open.transports;
    const sinceMs = asked.agoMs === null ? null : clock.now() - asked.agoMs;
    const wanted = { lines: asked.grep && asked.lines > 0 ? mostLines : asked.lines, sinceMs };
    const opened = await openLogs(chosen, open, { wanted, signal, warn });
    const out = printer(
      {
        color: wantsColor(context),
        services: names,
        showsFrom: opened.logs.length > names.length,
      },
      asked,
      context,
    );
    const first = await readFirst(opened.logs, out);
    if (first.failed.size === opened.logs.length && !signal.aborted) throw noneRead(first);
    const { absent } = opened;
    const isNowhere = opened.logs.every(({ service }) => absent.has(service));
    if (isNowhere && first.lines.length === 0 && !options.follow) throw noUnit;
    const found = first.lines.filter(({ text }) => asked.grep?.test(text) ?? true);
    await out.lines(asked.lines === 0 ? [] : found.slice(-asked.lines));
    if (options.follow) await follow(opened, first, { out, signal, clock });
    if (options.json) await tellEnd(context, { opened: opened.all(), count: out.count() });
    return 0;
  } finally {
    await open.transports.close();
  }
};

interface Asked {
  readonly lines: number;
  /** Nothing that is older; null for any age. */
  readonly agoMs: number | null;
  readonly grep: RegExp | null;
}

function askedOf({ options }: Context): Asked {
  const { lines, since, grep } = options;
  const count = lines === null ? usualLines : Number(lines);
  if (!Number.isInteger(count) || count < 0) {
    throw new UserError(`-n ${lines} is no number of lines`, { hint: 'write it as -n 100' });
  }
  const agoMs = since === null ? null : parseDuration(since);
  if (since !== null && agoMs === null) {
    throw new UserError(`--since ${since} is not a duration`, {
      hint: 'write it as 30s, 10m or 2h',
    });
  }
  const wholeSpan = since !== null && lines === null;
  return {
    lines: wholeSpan ? mostLines : count,
    agoMs,
    grep: grep === null ? null : patternOf(grep),
  };
}

function patternOf(text: string): RegExp {
  try {
    return new RegExp(text, /[A-Z]/.test(text) ? '' : 'i');
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new UserError(`--grep: ${words}`, { hint: 'quote what a pattern takes for its own' });
  }
}

const noUnit = new UserError('there is no such unit, and nothing of it was kept', {
  ...{ code: 'NO_LOG', exitCode: 1, hint: 'see above' },
});

function noneRead({ failed }: FirstLines): UserError {
  const [fault] = [...failed.values()].map((error) => error.fault);
  return new UserError('no log could be read', {
    ...{ code: 'NOT_READ', exitCode: 1, hint: fault?.hint ?? 'see above' },
  });
}

interface CountingPrinter extends Printer {
  /** Lines that were printed. */
  count(): number;
}

function printer(
  look: LogLook,
  { grep }: Asked,
  { options, write, warn }: Context,
): CountingPrinter {
  let count = 0;
  const tell = async (log: OpenLog, words: string): Promise<void> => {
    const { service, from } = log;
    // What names its file already needs no other name of it.
    const name = words.includes(log.from) ? service : nameOf(log);
    if (!options.json) return warn(`${name}: ${words}`);
    await write(`${JSON.stringify({ type: 'event', service, from, note: words })}\n`);
  };
  return {
    lines: async (lines) => {
      const shown = lines.filter(({ text }) => grep?.test(text) ?? true);
      count += shown.length;
      const print = options.json ? logJson : (line: LogLine) => logText(line, look);
      if (shown.length > 0) await write(shown.map(print).join(''));
    },
    note: tell,
    away: (log, why) =>
      tell(
        log,
        why === null ? 'live again, from where it stopped' : awayWords(why, options.follow),
      ),
    absent: tell,
    ended: (log, why) => tell(log, `ended: ${why}`),
    count: () => count,
  };
}

function awayWords(why: string, isFollowed: boolean): string {
  return isFollowed ? `reconnecting: ${why}` : why;
}

async function tellEnd(
  context: Context,
  { opened, count }: { readonly opened: readonly OpenLog[]; readonly count: number },
): Promise<void> {
  const sources = opened.map(({ service, from }) => ({ service, from }));
  const answer = { schema: 'joelclaw.logs/v1', ok: true, result: { sources, lines: count } };
  await context.write(envelope(headOf(context, 'logs'), answer));
}

function nameOf({ service, from }: OpenLog): string {
  return `${service} ${from}`;
}
