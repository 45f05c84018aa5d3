import type { LogLine } from '../../model/log-line.ts';
import { type LogRow, type LogsView, tagOf } from '../../tui/logs-view.ts';
import { createGrowingRows } from './log-rows.ts';

/** What has come of logs, as far as it is kept. */
export interface LogShelf {
  add(lines: readonly LogLine[]): void;
  /** What stands in the way of a log, by its name; null when nothing does any more. */
  trouble(name: string, words: string | null): void;
  /** What is there now: a view that was given out never changes. */
  view(): LogsView;
}

/** Of the logs in view together; what is older is counted. */
const mostCharacters = 16 * 1024 * 1024;

/** Keeps lines of the logs of these services, numbered as they came. */
export function createLogShelf(ids: readonly string[], most = mostCharacters): LogShelf {
  const rows = createGrowingRows();
  let characters = 0;
  let dropped = 0;
  let number = 0;
  const tags = new Map(ids.map((id) => [id, tagOf(id, ids)]));
  const troubles = new Map<string, string>();
  const rowOf = ({ service, atMs, text }: LogLine): LogRow => {
    characters += text.length;
    const tag = tags.get(service) ?? '';
    return { number: ++number, atMs, tag, tagIndex: ids.indexOf(service), text };
  };
  return {
    add: (lines) => {
      for (const line of lines) rows.add(rowOf(line));
      while (characters > most) {
        characters -= rows.drop()?.text.length ?? characters;
        dropped++;
      }
    },
    trouble: (name, words) => {
      if (words === null) troubles.delete(name);
      else troubles.set(name, words);
    },
    view: () => ({
      ids,
      rows: rows.now(),
      dropped,
      trouble: [...troubles.values()].at(-1) ?? null,
    }),
  };
}
