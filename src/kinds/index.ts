import { command } from './command.ts';
import type { Kind } from './contract.ts';
import { host } from './host/index.ts';
import { http } from './http.ts';
import { launchd } from './launchd/index.ts';
import { redis } from './redis.ts';
import { tailscale } from './tailscale/index.ts';
import { tcp } from './tcp.ts';
import { tls } from './tls.ts';

/** Every kind that can be measured. One line each: checks, schema and docs come of it. */
export const kinds: readonly Kind[] = [http, tcp, tls, redis, command, launchd, host, tailscale];

/** The kinds by their name. */
export const kindsByName: ReadonlyMap<string, Kind> = new Map(
  kinds.map((kind) => [kind.kind, kind]),
);
