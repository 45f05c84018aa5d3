import type { Summary } from '../model/report.ts';
import { statesWorstFirst } from '../model/state.ts';

/** What helps to find a bug and tells nothing of the network but how many things are how. */
export function crashLines(error: unknown, summary: Summary | null): readonly string[] {
  const { columns = 0, rows = 0 } = process.stdout;
  const counts = statesWorstFirst
    .filter((state) => summary !== null && summary[state] > 0)
    .map((state) => `${summary?.[state]} ${state}`);
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    `joelclaw ${process.env['JOELCLAW_VERSION'] ?? 'unreleased'}`,
    `Node ${process.version}, ${process.platform} ${process.arch}`,
    `terminal ${process.env['TERM'] ?? ''} ${columns}x${rows}`,
    `up for ${Math.round(process.uptime())} s, ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MB`,
    `network: ${summary === null ? 'cannot be explained' : counts.join(', ')}`,
    '',
    ...stack.split('\n'),
  ];
}
