import type { Fault } from '../model/fault.ts';
import type { Host } from '../model/inventory.ts';

/**
 * A file as it lies somewhere, a link followed. `isThere` is false for a link that leads nowhere too;
 * `mode` is octal (`0644`); `fault` says why it, or its text, could not be looked at.
 */
export interface FileSeen {
  readonly path: string;
  readonly isThere: boolean;
  readonly isLink: boolean;
  readonly mode: string | null;
  /** `501:20`, its user and group as numbers; null where nobody can tell. */
  readonly owner: string | null;
  /** When its bytes were written last, in milliseconds since 1970 by its host's clock; absent where nobody can tell. */
  readonly changedAtMs?: number | null;
  readonly text: string;
  /** SHA-256 of its bytes, in hex; null where they were not read. */
  readonly sha256: string | null;
  readonly fault: Fault | null;
}

/**
 * A file that is to stand somewhere as a whole, or (`text` null) no more. `was` is the SHA-256 of what
 * stands there as it was looked at, null for nothing: what has become another one since is `stale`.
 */
export interface WriteRequest {
  /** `null` is the machine that asks; `~/` is its user's home. */
  readonly on: Host | null;
  readonly path: string;
  readonly text: string | null;
  /** `0644`, whatever the umask. */
  readonly mode: string;
  readonly was: string | null;
  /** Whose it is to be where root writes it; without it that of what stands there. */
  readonly owner?: string | null;
}

/**
 * A file by what it is, not by its name, and how far it has been read. `print` is made of the bytes
 * before that: one that was cut and has grown since has another.
 */
export interface FilePlace {
  readonly id: string;
  readonly offset: number;
  readonly print: string;
}

export interface TailRequest {
  readonly on: Host | null;
  readonly path: string;
  /** Null reads the end of the file. */
  readonly after: FilePlace | null;
  /** Of more than this only the newest is read. */
  readonly maxBytes: number;
}

/** What has been written since. */
export interface FileTail {
  readonly text: string;
  readonly place: FilePlace;
  /** What was written and is not in `text`. */
  readonly skippedBytes: number;
  /** Another file has its name, or it was cut: this is read from its beginning. */
  readonly wasReplaced: boolean;
}
