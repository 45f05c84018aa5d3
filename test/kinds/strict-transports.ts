import { isDeepStrictEqual } from 'node:util';
import type { Host } from '../../src/model/inventory.ts';
import type {
  ExecOutput,
  HttpResponse,
  TlsPeer,
  Transports,
} from '../../src/transports/contract.ts';

/** 2026-02-18T09:00:00Z */
export const nowMs = Date.UTC(2026, 1, 18, 9);

/** One call that must come, with exactly this request, and what it brings; an Error is thrown. */
export interface Call {
  readonly verb:
    | 'exec'
    | 'http'
    | 'tcp'
    | 'tls'
    | 'redis'
    | 'kube'
    | 'podLog'
    | 'rolloutRestart'
    | 'deletePod'
    | 'kubeObject'
    | 'applyObject'
    | 'readFile'
    | 'lookAtFiles'
    | 'tailFile'
    | 'writeFile'
    | 'diskUsage';
  readonly request: object;
  readonly answer: object | string | Error;
}

export interface Machine {
  readonly hostname?: string;
  readonly uid?: number;
  readonly platform?: 'linux' | 'darwin' | 'other';
  /** Milliseconds since 1970 of its clock. */
  readonly atMs?: number;
}

/** Transports that know the given calls, each once, in any order; whatever else is asked throws. */
export function strictTransports(
  calls: readonly Call[],
  { hostname = 'here', uid = 501, platform = 'linux', atMs = nowMs }: Machine = {},
): { readonly transports: Transports; readonly unused: () => readonly Call[] } {
  const open = [...calls];
  const answer = async <T>(verb: Call['verb'], request: object): Promise<T> => {
    const index = open.findIndex(
      (call) => call.verb === verb && isDeepStrictEqual(call.request, request),
    );
    const [call] = index < 0 ? [] : open.splice(index, 1);
    if (!call) throw new Error(`unexpected ${verb} ${JSON.stringify(request)}`);
    if (call.answer instanceof Error) throw call.answer;
    return call.answer as T;
  };
  const named = (on: Host | null, more: object): object => ({ host: on?.name ?? null, ...more });
  const transports: Transports = {
    clock: {
      now: () => atMs,
      monotonicMs: () => 0,
      sleep: async () => undefined,
      random: () => 0,
    },
    hostname,
    machine: async () => ({ system: platform, uid }),
    exec: ({ on, ...request }) => answer('exec', named(on, request)),
    http: (request) => answer('http', request),
    tcp: (request) => answer('tcp', request),
    tls: (request) => answer('tls', request),
    redis: (request) => answer('redis', request),
    kube: ({ cluster, ...request }) => answer('kube', { cluster: cluster.name, ...request }),
    podLog: ({ cluster, ...request }) => answer('podLog', { cluster: cluster.name, ...request }),
    rolloutRestart: ({ cluster, ...request }) =>
      answer('rolloutRestart', { cluster: cluster.name, ...request }),
    kubeObject: ({ cluster, ...request }) =>
      answer('kubeObject', { cluster: cluster.name, ...request }),
    applyObject: ({ cluster, ...request }) =>
      answer('applyObject', { cluster: cluster.name, ...request }),
    deletePod: ({ cluster, ...request }) =>
      answer('deletePod', { cluster: cluster.name, ...request }),
    readFile: (on, path) => answer('readFile', named(on, { path })),
    lookAtFiles: (on, paths) => answer('lookAtFiles', named(on, { paths })),
    tailFile: ({ on, ...request }) => answer('tailFile', named(on, request)),
    writeFile: ({ on, ...request }) => answer('writeFile', named(on, request)),
    diskUsage: (on, mount) => answer('diskUsage', named(on, { mount })),
    counts: () => ({ connections: 0, processes: 0 }),
    close: async () => undefined,
  };
  return { transports, unused: () => open };
}

/** A program that ended well and said this. */
export function said(stdout: string, more: Partial<ExecOutput> = {}): ExecOutput {
  return { exitCode: 0, signal: null, stdout, stderr: '', truncated: false, ...more };
}

export function answered(body: string, more: Partial<HttpResponse> = {}): HttpResponse {
  const headers = { 'content-type': 'application/json' };
  return { status: 200, headers, body, truncated: false, latencyMs: 12, ...more };
}

/** A peer whose certificate ends so many days from now. */
export function peerOf(daysLeft: number, more: Partial<TlsPeer> = {}): TlsPeer {
  const day = (days: number): string => new Date(nowMs + days * 86_400_000).toISOString();
  return {
    latencyMs: 9,
    trouble: null,
    subject: 'a.example',
    issuer: "Let's Encrypt E7",
    names: ['a.example'],
    validFrom: day(daysLeft - 90),
    validTo: day(daysLeft),
    chain: ['a.example', "Let's Encrypt E7"],
    ...more,
  };
}
