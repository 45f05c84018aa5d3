import { expect } from 'vitest';
import type { Previous } from '../../src/kinds/contract.ts';
import { kindsByName } from '../../src/kinds/index.ts';
import { runCheck } from '../../src/kinds/run-check.ts';
import type { Cluster, Host, Service } from '../../src/model/inventory.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { cleaner } from '../../src/model/plain-text.ts';
import type { Result } from '../../src/model/result.ts';
import type { State } from '../../src/model/state.ts';
import { type Call, type Machine, strictTransports } from './strict-transports.ts';

export const localHost: Host = {
  name: 'panda',
  description: '',
  access: 'local',
  ssh: null,
  hostname: null,
  tailscale: null,
  disks: ['/'],
};

export const sshHost: Host = {
  ...localHost,
  name: 'nas',
  access: 'ssh',
  ssh: {
    host: 'nas.local',
    port: 2222,
    user: null,
    identityFile: null,
    knownHosts: [],
    proxyJump: null,
    client: 'ssh2',
  },
};

export interface Look extends Machine {
  readonly kind: string;
  readonly spec: JsonObject;
  readonly calls: readonly Call[];
  readonly previous?: Previous;
  readonly host?: Host;
  readonly service?: Service;
  readonly cluster?: Cluster;
  readonly secrets?: readonly string[];
  readonly signal?: AbortSignal;
}

/** Runs a check of the kind as the poller does; every expected call must have come. */
export async function look({
  kind: name,
  calls,
  host = localHost,
  ...more
}: Look): Promise<Result> {
  const kind = kindsByName.get(name);
  if (!kind) throw new Error(`no kind ${name}`);
  const { transports, unused } = strictTransports(calls, more);
  const result = await runCheck(
    {
      id: `${host.name}/x/${name}`,
      kind,
      spec: kind.spec.parse(more.spec) as never,
      host,
      service: more.service ?? null,
      cluster: more.cluster ?? null,
      timeoutMs: 5000,
      clean: cleaner(more.secrets ?? []),
    },
    {
      transports,
      signal: more.signal ?? new AbortController().signal,
      previous: more.previous ?? null,
    },
  );
  expect(unused()).toEqual([]);
  return result;
}

/** `state: note` of a result. */
export function verdictOf({ verdict }: Result): string {
  return `${verdict.state}: ${verdict.note}`;
}

/** What a result is to the next sample. */
export function previousOf(
  { verdict, facts, parts }: Result,
  state: State = verdict.state,
): Previous {
  const partOf = (id: string) => {
    const part = parts.find((one) => one.id === id);
    return part ? { ...part.verdict, facts: part.facts } : null;
  };
  return { state, note: verdict.note, facts, partOf };
}
