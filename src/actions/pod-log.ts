import type { LogSource } from '../kinds/log-source.ts';
import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import type { LogGround, LogReader, News, RawLine } from './log-reader.ts';

/** A container's log; of one that was restarted at first also the run before. */
export function podReader(
  source: Extract<LogSource, { readonly kind: 'pod' }>,
  { transports, clusters }: LogGround,
): LogReader {
  const { namespace, pod, container, hasPrevious } = source;
  const cluster = clusters.find(({ name }) => name === source.cluster);
  let last = '';
  const known = () => {
    if (!cluster) throw new FaultError(faultOf('not-found', `no cluster ${source.cluster}`));
    return { cluster, namespace, pod, container, timestamps: true };
  };
  /** A question is precise to a second only: what was read already is left out. */
  const take = (text: string): readonly RawLine[] => {
    const lines = text.split('\n').flatMap((line) => stamped(line) ?? []);
    const fresh = lines.filter(({ stamp }) => stamp > last);
    last = fresh.at(-1)?.stamp ?? last;
    return fresh;
  };
  return {
    from: `${pod}/${container}`,
    first: async ({ lines, sinceMs }, options): Promise<News> => {
      const since = sinceMs === null ? {} : { since: new Date(sinceMs).toISOString() };
      const ask = (previous: boolean): Promise<string> =>
        transports.podLog({ ...known(), previous, lines, ...since }, options);
      const before = hasPrevious ? take(await ask(true).catch(() => '')) : [];
      return { lines: [...before, ...take(await ask(false))], notes: [] };
    },
    next: async (options) => {
      const since = last === '' ? {} : { since: `${last.slice(0, 19)}Z` };
      const lines = last === '' ? 1000 : null;
      const asked = { ...known(), previous: false, lines, ...since };
      return { lines: take(await transports.podLog(asked, options)), notes: [] };
    },
  };
}

/** `2026-02-18T09:00:00.123456789Z words`, its time made comparable. */
function stamped(line: string): (RawLine & { readonly stamp: string }) | null {
  const [, second, fraction = '', text = ''] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?Z ?(.*)$/.exec(line) ?? [];
  if (second === undefined) return null;
  const stamp = `${second}.${fraction.padEnd(9, '0')}`;
  return { stamp, atMs: Date.parse(`${stamp.slice(0, 23)}Z`), text };
}
