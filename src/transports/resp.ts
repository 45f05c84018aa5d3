import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';

/** A reply as text; a null bulk is ''. An error starts with its code in capitals ("NOAUTH …"). */
export interface Reply {
  readonly error: boolean;
  readonly text: string;
}

/** All the replies of one exchange together. */
const maxReplyBytes = 1024 * 1024;

/** A command as Redis reads it: an array of bulk strings (RESP2). */
export function encodeCommand(args: readonly string[]): string {
  const bulks = args.map((arg) => `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`);
  return `*${args.length}\r\n${bulks.join('')}`;
}

/**
 * Reads RESP2 as it comes: each chunk gives the replies that it completes. Throws a `protocol`
 * fault for what is not RESP, for the kinds that PING and INFO never answer with, and past the cap.
 */
export function createReplyReader(): (chunk: Buffer) => readonly Reply[] {
  let unread: Buffer = Buffer.alloc(0);
  let size = 0;
  return (chunk) => {
    size += chunk.length;
    if (size > maxReplyBytes) throw tooLong();
    unread = Buffer.concat([unread, chunk]);
    const replies: Reply[] = [];
    for (let next = readReply(unread); next; next = readReply(unread)) {
      replies.push(next.reply);
      unread = unread.subarray(next.length);
    }
    return replies;
  };
}

interface Read {
  readonly reply: Reply;
  readonly length: number;
}

/** Null when there is not yet a whole reply. */
function readReply(bytes: Buffer): Read | null {
  if (bytes.length === 0) return null;
  const kind = String.fromCharCode(bytes[0] ?? 0);
  if (!'+-:$'.includes(kind)) throw notRedis();
  const end = bytes.indexOf('\r\n');
  if (end === -1) return null;
  const line = bytes.toString('utf8', 1, end);
  if (kind === '$') return readBulk(bytes, line, end + 2);
  return { reply: { error: kind === '-', text: line }, length: end + 2 };
}

function readBulk(bytes: Buffer, length: string, start: number): Read | null {
  if (length === '-1') return { reply: { error: false, text: '' }, length: start };
  if (!/^\d{1,10}$/.test(length)) throw notRedis();
  const end = start + Number(length);
  if (Number(length) > maxReplyBytes) throw tooLong();
  if (bytes.length < end + 2) return null;
  return { reply: { error: false, text: bytes.toString('utf8', start, end) }, length: end + 2 };
}

function notRedis(): FaultError {
  return new FaultError(faultOf('protocol', 'answered something that is not Redis'));
}

function tooLong(): FaultError {
  return new FaultError(
    faultOf('protocol', `the answer is longer than ${maxReplyBytes / 1024} KiB`),
  );
}
