import type { HttpReply } from './http-request.ts';

/** What of a body has come so far. */
export interface Body {
  readonly heardBytes: () => number;
  readonly truncated: () => boolean;
  readonly text: () => string;
}

/** A short body comes with its head or just after: then its connection can be kept. */
const unreadMs = 100;

/** Hangs up on a body that nobody reads when it is not soon there; returns whether that was done. */
export function leaveUnread(response: HttpReply): () => boolean {
  let left = false;
  const leave = (): void => {
    left = !response.complete;
    response.destroy();
  };
  const timer = setTimeout(leave, unreadMs);
  response.once('close', () => clearTimeout(timer));
  return () => left;
}

/** Keeps at most `maxBytes` of a body; at the first byte past them the socket is destroyed. */
export function collectBody(response: HttpReply, maxBytes: number): Body {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    if (size < maxBytes) chunks.push(chunk.subarray(0, maxBytes - size));
    size += chunk.length;
    if (size > maxBytes) response.destroy();
  });
  return {
    heardBytes: () => size,
    truncated: () => size > maxBytes,
    text: () => decode(Buffer.concat(chunks), response.headers['content-type'] ?? ''),
  };
}

/** By its byte order mark, else by the charset it is labelled with, else as UTF-8; never fails. */
function decode(bytes: Buffer, contentType: string): string {
  const label = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  return decoderOf(markedCharset(bytes) ?? label).decode(bytes);
}

function markedCharset(bytes: Buffer): string | null {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : null;
}

function decoderOf(label: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
}
