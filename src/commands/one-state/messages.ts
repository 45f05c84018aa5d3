import type { Socket } from 'node:net';
import type { JsonObject } from '../../model/json.ts';
import type { StateChange } from '../../watch/state-change.ts';

/**
 * What goes over `cockpit.sock`: JSON, one object a line. A client asks once; one that follows may
 * give orders after that.
 */
export type Ask =
  | {
      readonly want: 'sample';
      readonly network: string;
      /** Ids of what must not be older than its interval. */
      readonly checks: readonly string[];
      /** Nor older than this (milliseconds since 1970): something was done to them since. */
      readonly sinceMs?: number;
    }
  | { readonly want: 'follow'; readonly network: string }
  | {
      readonly want: 'accept';
      readonly network: string;
      /** What is from now on the measure of each check: the facts that its next sample goes on from. */
      readonly facts: Readonly<Record<string, JsonObject>>;
    };

/** What a follower's user wants of the one who polls. */
export interface Order {
  readonly do: 'poll-now' | 'focus' | 'pause' | 'resume';
}

/** A follower has heard nothing for a while: whoever polls says `hello` again. */
export interface Knock {
  readonly do: 'hello';
}

/** `hello` comes at once: whoever is silent does not poll for anybody. */
export type Told =
  | { readonly type: 'hello'; readonly pid: number }
  | { readonly type: 'refused'; readonly why: Refusal }
  | StateTold;

/** `another-network`: its inventory, version or trust is not the client's. */
export type Refusal = 'another-network' | 'paused' | 'malformed';

export interface StateTold {
  readonly type: 'state';
  /** From nothing at first, then from what was told before. */
  readonly change: StateChange;
  readonly restoredFrom: string | null;
  readonly paused: boolean;
}

/** Longer lines than this are nobody's state. */
const longestLine = 256 * 1024 * 1024;

export function lineOf(message: Ask | Order | Knock | Told): string {
  return `${JSON.stringify(message)}\n`;
}

/** Calls back with each whole line, parsed; undefined is one that is no JSON object. */
export function readLines(
  socket: Socket,
  onMessage: (message: Readonly<Record<string, unknown>> | undefined) => void,
): void {
  const rest: string[] = [];
  let length = 0;
  socket.setEncoding('utf8').on('data', (text: string) => {
    const [first = '', ...more] = text.split('\n');
    rest.push(first);
    length += first.length;
    if (length > longestLine) socket.destroy();
    for (const next of more) {
      onMessage(parsed(rest.splice(0).join('')));
      rest.push(next);
      length = next.length;
    }
  });
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
