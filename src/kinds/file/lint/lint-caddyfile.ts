import { isJsonObject, type Json } from '../../../model/json.ts';
import { plainText } from '../../../model/plain-text.ts';
import { faultAt, type TextFault, warningAt, wholeText } from '../../../model/text-fault.ts';

/**
 * What `caddy adapt` printed on stderr, of a Caddyfile that it refused: `Error: FILE:5: words`,
 * `Error: adapting config using caddyfile: FILE:5 - words` or `Error: words, at FILE:5`.
 */
export function adaptFault(stderr: string): TextFault {
  const error = errorIn(stderr).replace(/^Error: (?:adapting config using caddyfile: )?/, '');
  const [, before, words = error] = /^\S+:(\d+)(?: - |: )(.*)$/.exec(error) ?? [];
  const [, cut = words, after] = /^(.*?),? at \S+:(\d+)$/.exec(words) ?? [];
  const line = Number(before ?? after ?? 1);
  return faultAt({ line, column: 1, path: '' }, plainText(cut), 'caddy adapt shows it');
}

/** What `caddy adapt` warned of while it took a Caddyfile: lines of JSON, each with its place. */
export function adaptWarnings(stderr: string): readonly TextFault[] {
  const rows = stderr.split('\n').filter((row) => row.startsWith('{"level":"warn"'));
  return rows.flatMap((row) => {
    const words = /"msg":"((?:[^"\\]|\\.)*)"/.exec(row)?.[1];
    if (words === undefined) return [];
    const line = Math.max(Number(/"line":(\d+)/.exec(row)?.[1] ?? 1), 1);
    const [message = words] = words.split(';');
    return [warningAt({ ...wholeText, line }, plainText(message), 'caddy fmt, or caddy adapt')];
  });
}

/**
 * What `caddy validate` printed on stderr, of a Caddyfile that it adapted. A certificate that is not
 * on this machine may be on its own.
 */
export function validateFault(stderr: string): TextFault {
  const error = errorIn(stderr);
  const missing = /open (\S+): (no such file or directory|permission denied)/.exec(error);
  if (missing) {
    const message = `could not be checked whole: ${missing[1]}: ${missing[2]}`;
    return warningAt(wholeText, message, 'joelclaw config check, on the host that it goes to');
  }
  const words = error
    .replace(/^Error: /, '')
    .split(': ')
    .slice(-3)
    .join(': ');
  return faultAt(wholeText, plainText(words), 'caddy validate shows it');
}

function errorIn(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return lines.findLast((line) => line.startsWith('Error:')) ?? lines.at(-1) ?? 'caddy refused it';
}

/** Where an adapted Caddyfile says that Caddy listens: its ports, each once, and that of its admin API. */
export function listenersOf(adapted: Json): readonly number[] {
  if (!isJsonObject(adapted)) return [];
  const servers = dig(adapted, ['apps', 'http', 'servers']);
  const listen = Object.values(isJsonObject(servers) ? servers : {}).flatMap((server) =>
    isJsonObject(server) && Array.isArray(server['listen']) ? server['listen'] : [],
  );
  const isOff = dig(adapted, ['admin', 'disabled']) === true;
  const admin = dig(adapted, ['admin', 'listen']) ?? 'localhost:2019';
  const ports = [...listen, ...(isOff ? [] : [admin])].flatMap((address) => {
    const port = typeof address === 'string' ? /:(\d+)$/.exec(address)?.[1] : undefined;
    return port === undefined ? [] : [Number(port)];
  });
  return [...new Set(ports)];
}

/** Whether to start it, even to try, would open files that it writes its logs to. */
export function writesLogs(adapted: Json): boolean {
  const logging = isJsonObject(adapted) ? (adapted['logging'] ?? null) : null;
  return JSON.stringify(logging).includes('"output":"file"');
}

function dig(value: Json, path: readonly string[]): Json {
  let reached: Json = value;
  for (const key of path) reached = isJsonObject(reached) ? (reached[key] ?? null) : null;
  return reached;
}

/** The line of a Caddyfile in which a port stands. */
export function lineOfPort(text: string, port: number): number {
  const rows = text.split('\n');
  const found = rows.findIndex(
    (row) => !/^\s*#|\breverse_proxy\b/.test(row) && new RegExp(`:${port}\\b`).test(row),
  );
  return found < 0 ? 1 : found + 1;
}
