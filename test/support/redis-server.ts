import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { type Started, startProgram } from './start-program.ts';

export interface RedisServer extends Started {
  readonly port: number;
  readonly url: string;
}

/** A real redis-server on 127.0.0.1 that saves nothing; `port` only to bring one back. */
export async function startRedis(
  more: { readonly args?: readonly string[]; readonly port?: number } = {},
): Promise<RedisServer> {
  const { args = [], port = await freePort() } = more;
  const folder = await mkdtemp(join(tmpdir(), 'joelclaw-redis-'));
  const place = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
  const argv = ['redis-server', ...place, '--save', '', '--appendonly', 'no', ...args] as const;
  const server = await startProgram(argv, { ready: /Ready to accept connections/, folder });
  return { ...server, port, url: `redis://127.0.0.1:${port}` };
}
