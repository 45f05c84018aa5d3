import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import { targetOf } from './connect.ts';

/** Where a `redis://[user][:password]@host[:port][/db]` leads; `rediss` is the same over TLS. */
export interface RedisPlace {
  readonly host: string;
  readonly port: number;
  readonly target: string;
  readonly tls: boolean;
  /** The arguments of AUTH: none, a password, or a user and a password. */
  readonly auth: readonly string[];
  readonly db: string | null;
}

/** User and password are percent-decoded. No part of a URL that cannot be read is ever shown. */
export function redisPlace(text: string): RedisPlace {
  try {
    const url = new URL(text);
    const tls = url.protocol === 'rediss:';
    if (!tls && url.protocol !== 'redis:') throw new TypeError('not redis');
    const host = (url.hostname || 'localhost').replace(/^\[(.*)\]$/, '$1');
    const port = Number(url.port || 6379);
    const db = /^\/?(\d*)$/.exec(url.pathname)?.[1];
    if (db === undefined) throw new TypeError('not a database');
    const auth = [url.username, url.password].map(decodeURIComponent).filter((part) => part !== '');
    return { host, port, target: targetOf(host, port), tls, auth, db: db === '' ? null : db };
  } catch {
    throw new FaultError(
      faultOf('protocol', 'its URL is not a redis:// or rediss:// URL', {
        side: 'prober',
        hint: 'redis://user:password@host:6379/0, with special characters percent-encoded',
      }),
    );
  }
}
