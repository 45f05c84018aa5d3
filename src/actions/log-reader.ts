import type { LogSource } from '../kinds/log-source.ts';
import type { Cluster, Host } from '../model/inventory.ts';
import type { CallOptions, Transports } from '../transports/contract.ts';
import { fileReader } from './file-log.ts';
import { journalReader } from './journal-log.ts';
import { podReader } from './pod-log.ts';

/** A line as its source has it; `atMs` is by that machine's clock. */
export interface RawLine {
  readonly atMs: number | null;
  readonly text: string;
}

/** What is wanted of a log at first. */
export interface Wanted {
  readonly lines: number;
  /** Milliseconds since 1970; null is from whenever. */
  readonly sinceMs: number | null;
}

/** What has come since the last question. */
export interface News {
  readonly lines: readonly RawLine[];
  /** Something to be told of the log itself: it was cut, or more came than is shown. */
  readonly notes: readonly string[];
}

/**
 * Reads one log on and on: each question brings what was written since the last one, so that a line
 * that was cut off goes on where it stopped, and nothing runs anywhere between two questions.
 */
export interface LogReader {
  readonly from: string;
  /** Until it has succeeded once, `next` does not know where to go on. At least one line is wanted. */
  first(wanted: Wanted, options: CallOptions): Promise<News>;
  next(options: CallOptions): Promise<News>;
}

export interface LogGround {
  readonly transports: Transports;
  readonly host: Host;
  readonly clusters: readonly Cluster[];
}

/** The reader of a source. */
export function logReader(source: LogSource, ground: LogGround): LogReader {
  if (source.kind === 'file') return fileReader(source.path, ground);
  return source.kind === 'journal' ? journalReader(source, ground) : podReader(source, ground);
}
