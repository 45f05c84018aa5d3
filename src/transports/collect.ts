import type { Readable } from 'node:stream';

/** As much as is kept of a program's output unless told. */
export const defaultMaxBytes = 1024 * 1024;

/** What a stream has said so far, as far as the cap goes. */
export interface Collected {
  truncated(): boolean;
  text(): string;
}

/** Keeps up to `maxBytes`, and tells `heard` of it as it comes; what comes after is read and dropped, and told of once. */
export function collect(
  stream: Readable,
  maxBytes: number,
  onFlood: () => void = () => {},
  heard?: (text: string) => void,
): Collected {
  const decoder = heard ? new TextDecoder() : null;
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    const kept = chunk.subarray(0, Math.max(0, maxBytes - size));
    if (kept.length > 0) chunks.push(kept);
    if (heard && decoder && kept.length > 0) heard(decoder.decode(kept, { stream: true }));
    const wasWithin = size <= maxBytes;
    size += chunk.length;
    if (wasWithin && size > maxBytes) onFlood();
  });
  return {
    truncated: () => size > maxBytes,
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}
