import type { FunctionReport } from '../model/report.ts';

/** "cron 0 * * * *, content/updated": what the clock starts comes first. */
export function triggersText({ triggers }: Pick<FunctionReport, 'triggers'>): string {
  const crons = triggers.filter(({ type }) => type === 'CRON').map(({ value }) => `cron ${value}`);
  const events = triggers.filter(({ type }) => type !== 'CRON').map(({ value }) => value);
  return [...crons, ...events].join(', ');
}

/** "✓24 ✕1 …1": completed, failed and running; what is none of them is not told. */
export function runs24hText({ runs24h }: Pick<FunctionReport, 'runs24h'>): string {
  const { completed, failed, running } = runs24h;
  const counts = [
    ['✓', completed],
    ['✕', failed],
    ['…', running],
  ] as const;
  const told = counts.filter(([, count]) => count > 0).map(([mark, count]) => `${mark}${count}`);
  return told.length === 0 ? '–' : told.join(' ');
}

/** How its last run ended, in one cell. */
export function endMark(status: string): string {
  if (status === 'COMPLETED') return '✓';
  if (status === 'FAILED') return '✕';
  return status === 'RUNNING' || status === 'QUEUED' ? '…' : '–';
}
