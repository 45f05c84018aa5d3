import { parseDuration } from '../model/duration.ts';
import { FaultError, UserError } from '../model/errors.ts';
import type { Service } from '../model/inventory.ts';
import { type LogLine, mergeLines } from '../model/log-line.ts';
import { envelope } from '../outputs/envelope.ts';
import { type LogLook, logJson, logText } from '../outputs/log-text.ts';
import { follow, type Printer, wordsOf } from './acting/follow-logs.ts';
import { type OpenLog, openLogs } from './acting/open-logs.ts';
import { type Command, type Context, headOf, wantsColor } from './context.ts';
import { openNetwork } from './open-network.ts';
import { pick } from './pick.ts';

const usualLines = 50;

/** The last lines of services' logs by time, and with `-f` what comes after them. */
export const logs: Command = async (context) => {
  const [, ...ids] = context.options.words;
  if (ids.length === 0) throw new UserError('whose log?', { hint: 'joelclaw logs HOST/SERVICE' });
  const asked = askedOf(context);
  const open = await openNetwork(context);
  try {
    const services = servicesOf(pick(open.network, ids), open.network.inventory.services);
    const opened = await openLogs(services, open, { signal: context.signal, warn: context.warn });
    const look = {
      color: wantsColor(context),
      services: services.map(({ id }) => id),
      showsFrom: opened.length > services.length,
    };
    const out = printer(look, asked, context);
    const told = await firstLines(opened, asked, context);
    await out.lines(told.lines);
    if (context.options.follow) await follow(told.read, out, context.signal);
    if (context.options.json) await tellEnd(context, { opened, count: out.count() });
    return 0;
  } finally {
    await open.transports.close();
  }
};

interface Asked {
  readonly lines: number;
  readonly sinceMs: number | null;
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
    lines: wholeSpan ? 100_000 : count,
    sinceMs: agoMs === null ? null : Date.now() - agoMs,
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

function servicesOf(
  picked: ReturnType<typeof pick>,
  services: readonly Service[],
): readonly Service[] {
  return services.filter(
    ({ id, host }) => picked?.services.has(id) || picked?.hosts.has(host) === true,
  );
}

/** A log that cannot be read is told, and hides none of the others. */
async function firstLines(
  opened: readonly OpenLog[],
  asked: Asked,
  { warn }: Context,
): Promise<{ readonly lines: readonly LogLine[]; readonly read: ReadonlySet<OpenLog> }> {
  const read = new Set<OpenLog>();
  const failures: unknown[] = [];
  const all = await Promise.all(
    opened.map(async (log) => {
      try {
        const news = await log.first(asked);
        read.add(log);
        return news.lines;
      } catch (error) {
        failures.push(error);
        warn(`${nameOf(log)}: ${wordsOf(error)}`);
        return [];
      }
    }),
  );
  if (read.size === 0) {
    const [first] = failures;
    const hint = first instanceof FaultError ? first.fault.hint : undefined;
    throw new UserError('no log could be read', {
      ...{ code: 'NOT_READ', exitCode: 1, hint: hint ?? 'see above' },
    });
  }
  const within = mergeLines(all).filter(
    ({ atMs }) => asked.sinceMs === null || (atMs !== null && atMs >= asked.sinceMs),
  );
  const found = within.filter(({ text }) => asked.grep?.test(text) ?? true);
  return { lines: asked.lines === 0 ? [] : found.slice(-asked.lines), read: new Set(opened) };
}

function printer(look: LogLook, { grep }: Asked, { options, write, warn }: Context): Printer {
  let count = 0;
  return {
    lines: async (lines) => {
      const shown = lines.filter(({ text }) => grep?.test(text) ?? true);
      count += shown.length;
      const print = options.json ? logJson : (line: LogLine) => logText(line, look);
      if (shown.length > 0) await write(shown.map(print).join(''));
    },
    note: async (log, words) => {
      const { service, from } = log;
      if (options.json)
        await write(`${JSON.stringify({ type: 'event', service, from, note: words })}\n`);
      else warn(`${nameOf(log)}: ${words}`);
    },
    count: () => count,
  };
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
