import type { Readable } from 'node:stream';

const defaultMaxBytes = 1024 * 1024;

/** What a stream has said so far, as far as the cap goes. */
export interface Collected {
  truncated(): boolean;
  text(): string;
}

/** Keeps up to `maxBytes` (1 MiB unless told); what comes after is read and dropped. */
export function collect(stream: Readable, maxBytes: number = defaultMaxBytes): Collected {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    if (size < maxBytes) chunks.push(chunk.subarray(0, maxBytes - size));
    size += chunk.length;
  });
  return {
    truncated: () => size > maxBytes,
    text: () => Buffer.concat(chunks).toString('utf8'),
  };
}
