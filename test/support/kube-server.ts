import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import type { Cluster } from '../../src/model/inventory.ts';
import type { KubeResource } from '../../src/transports/contract.ts';
import { type Certificates, makeCertificates } from './certificates.ts';
import { kubeContext, wordsFor, writeKubeconfig } from './kube-config.ts';
import { recordedKube } from './kube-objects.ts';
import { createKubeStore, type KubeStore } from './kube-store.ts';

/** A request that came, and what it was answered; null while nothing was. */
export interface KubeAsked {
  readonly verb: 'list' | 'watch';
  readonly resource: KubeResource;
  readonly namespace: string | null;
  readonly query: URLSearchParams;
  status: number | null;
}

/** Which requests; what is left out is any. */
export interface KubeWhich {
  readonly verb?: 'list' | 'watch';
  readonly resource?: KubeResource;
  readonly namespace?: string | null;
}

/**
 * What is done instead of serving. `silent`: takes the request and says nothing; `hang-up`: closes the
 * connection; `lines`: accepts a watch, says these lines and goes on as a watch without events.
 */
export type KubeBehaviour =
  | 'silent'
  | 'hang-up'
  | { readonly lines: readonly string[] }
  | {
      readonly status: number;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** A Kubernetes API server on 127.0.0.1 that serves recorded lists over HTTPS, and does as told. */
export interface KubeServer {
  readonly certificates: Certificates;
  /** A folder of its own, which `stop` removes; the kubeconfig lies in it. */
  readonly folder: string;
  readonly kubeconfig: string;
  /** As an inventory has it, with this server's kubeconfig and context. */
  readonly cluster: Cluster;
  port(): number;
  /** What it has: to be changed as a cluster changes. */
  readonly store: KubeStore;
  /** All requests, the first one first. */
  asked(which?: KubeWhich): readonly KubeAsked[];
  openWatches(which?: Omit<KubeWhich, 'verb'>): number;
  /** Sockets that are open now, and that were ever opened. */
  sockets(): { readonly open: number; readonly ever: number };
  /** Behaves so towards these requests from now on; the returned function ends it. */
  behave(which: KubeWhich, how: KubeBehaviour): () => void;
  /** Takes these requests and answers none of them before the returned function is called. */
  hold(which: KubeWhich): () => void;
  /** Ends open watches in good order, as their time-out does. */
  endWatches(which?: Omit<KubeWhich, 'verb'>): void;
  /** Resets the connections of open watches. */
  dropWatches(which?: Omit<KubeWhich, 'verb'>): void;
  /** Says a raw line to open watches. */
  say(line: string, which?: Omit<KubeWhich, 'verb'>): void;
  /** Resolves as soon as it is so: asked after each request, each end of a watch or socket. */
  until(is: () => boolean): Promise<void>;
  /** Goes away: the port refuses, all sockets are destroyed. */
  goAway(): Promise<void>;
  /** Listens again, on the same port unless told; the kubeconfig is left as it is. */
  comeBack(port?: number): Promise<void>;
  /** Ends all; rejects when anything was asked that no API server has. */
  stop(): Promise<void>;
}

export interface KubeServerOptions {
  /** Asks for this bearer token instead of a client certificate. */
  readonly token?: string;
  /** Which of the certificates it shows; the valid one unless told. */
  readonly certificate?: 'valid' | 'expired' | 'wrongName' | 'selfSigned';
  /** Hangs up on a bad client certificate in the handshake; a real one answers 401 instead. */
  readonly hangUpOnBadClient?: boolean;
}

const pathForm =
  /^\/(?:api\/v1|apis\/apps\/v1)(?:\/namespaces\/([^/]+))?\/(namespaces|nodes|pods|events|statefulsets|deployments|daemonsets|replicasets)$/;

interface OpenAnswer {
  readonly asked: KubeAsked;
  readonly response: ServerResponse;
}

/** Starts one with new certificates, and writes its kubeconfig. */
export async function startKubeServer(options: KubeServerOptions = {}): Promise<KubeServer> {
  const certificates = await makeCertificates();
  const { folder, caFile } = certificates;
  const shown = certificates[options.certificate ?? 'valid'];
  const store = createKubeStore();
  const log: KubeAsked[] = [];
  const unexpected: string[] = [];
  const watches = new Set<OpenAnswer>();
  const rules: { which: KubeWhich; how: KubeBehaviour | 'hold' }[] = [];
  const held: OpenAnswer[] = [];
  const open = new Set<Socket>();
  const waiting = new Set<() => void>();
  let ever = 0;
  const tell = (): void => {
    for (const look of waiting) look();
  };

  const knows = (request: IncomingMessage): boolean =>
    options.token === undefined
      ? (request.socket as TLSSocket).authorized
      : request.headers.authorization === `Bearer ${options.token}`;

  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', 'https://kube.test');
    const [, namespace, resource] = pathForm.exec(url.pathname) ?? [];
    if (request.method !== 'GET' || !resource) {
      unexpected.push(`${request.method} ${request.url}`);
      answer(response, 500, 'unexpected');
      return;
    }
    const query = url.searchParams;
    const asked: KubeAsked = {
      verb: query.get('watch') === 'true' ? 'watch' : 'list',
      resource: resource as KubeResource,
      namespace: namespace ?? null,
      query,
      status: null,
    };
    log.push(asked);
    response.once('close', tell);
    const how = rules.findLast(({ which }) => fits(asked, which))?.how;
    if (!knows(request)) answer(response, 401, recordedKube('error-401-unauthorized.json'));
    else if (how === 'hang-up') request.socket.destroy();
    else if (how === 'hold') held.push({ asked, response });
    else if (how !== 'silent') serveAs(how, asked, response);
    asked.status = response.headersSent ? response.statusCode : null;
    tell();
  };

  const serveHeld = (): void => {
    for (const { asked, response } of held.splice(0)) {
      serveAs(undefined, asked, response);
      asked.status = response.statusCode;
    }
  };

  const serveAs = (
    how: Exclude<KubeBehaviour, string> | undefined,
    asked: KubeAsked,
    response: ServerResponse,
  ): void => {
    if (how && 'status' in how) answer(response, how.status, how.body, how.headers);
    else if (asked.verb === 'list') {
      const { status, body } = store.page(asked);
      answer(response, status, body);
    } else startWatch(asked, response, how?.lines ?? null);
  };

  const startWatch = (
    asked: KubeAsked,
    response: ServerResponse,
    lines: readonly string[] | null,
  ): void => {
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    const say = (line: string): void => void response.write(`${line}\n`);
    const watch = { asked, response };
    watches.add(watch);
    const seconds = Number(asked.query.get('timeoutSeconds') ?? 1800);
    const timer = setTimeout(() => endOne(watch), seconds * 1000);
    const leave = lines === null ? store.follow(asked, say) : () => {};
    for (const line of lines ?? []) say(line);
    response.once('close', () => {
      clearTimeout(timer);
      leave();
      watches.delete(watch);
      tell();
    });
  };

  /** A real one says where the next watch may go on, if asked to. */
  const endOne = ({ asked, response }: OpenAnswer): void => {
    const wanted = asked.query.get('allowWatchBookmarks') === 'true';
    if (wanted) response.write(`${store.bookmarkFor(asked.resource)}\n`);
    response.end();
  };

  const openOf = (which: Omit<KubeWhich, 'verb'> = {}): readonly OpenAnswer[] =>
    [...watches].filter(({ asked }) => fits(asked, which));

  const start = async (port: number): Promise<Server> => {
    const server = createServer(
      {
        cert: shown.pem,
        key: readFileSync(shown.keyFile),
        ca: readFileSync(caFile),
        requestCert: options.token === undefined,
        rejectUnauthorized: options.hangUpOnBadClient === true,
      },
      serve,
    );
    server.on('connection', (socket: Socket) => {
      ever++;
      open.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => {
        open.delete(socket);
        tell();
      });
    });
    server.on('tlsClientError', () => {});
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };

  let server = await start(0);
  let { port } = server.address() as AddressInfo;
  const kubeconfig = join(folder, 'kubeconfig');
  await writeKubeconfig(kubeconfig, wordsFor(port, certificates, options.token));
  const goAway = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of open) socket.destroy();
    await closed;
  };

  return {
    certificates,
    folder,
    kubeconfig,
    cluster: {
      name: 'joelclaw',
      host: 'panda',
      kubeconfig,
      context: kubeContext,
      namespaces: ['joelclaw'],
      uid: null,
      dependsOn: [],
    },
    port: () => port,
    store,
    asked: (which = {}) => log.filter((one) => fits(one, which)),
    openWatches: (which) => openOf(which).length,
    sockets: () => ({ open: open.size, ever }),
    behave: (which, how) => {
      const rule = { which, how };
      rules.push(rule);
      return () => void rules.splice(rules.indexOf(rule), 1);
    },
    hold: (which) => {
      const rule = { which, how: 'hold' } as const;
      rules.push(rule);
      return () => {
        rules.splice(rules.indexOf(rule), 1);
        serveHeld();
      };
    },
    endWatches: (which) => openOf(which).forEach(endOne),
    dropWatches: (which) => {
      for (const { response } of openOf(which)) {
        const { remotePort } = response.socket ?? {};
        [...open].find((socket) => socket.remotePort === remotePort)?.resetAndDestroy();
      }
    },
    say: (line, which) => {
      for (const { response } of openOf(which)) response.write(`${line}\n`);
    },
    until: (is) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!is()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    goAway,
    comeBack: async (other = port) => {
      server = await start(other);
      ({ port } = server.address() as AddressInfo);
    },
    stop: async () => {
      await goAway();
      await rm(folder, { recursive: true, force: true });
      if (unexpected.length > 0) throw new Error(`unexpected requests: ${unexpected.join(', ')}`);
    },
  };
}

function fits(asked: KubeAsked, { verb, resource, namespace }: KubeWhich): boolean {
  return (
    (verb === undefined || verb === asked.verb) &&
    (resource === undefined || resource === asked.resource) &&
    (namespace === undefined || namespace === asked.namespace)
  );
}

function answer(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const type = body.startsWith('{') ? 'application/json' : 'text/plain';
  response.writeHead(status, { 'content-type': type, ...headers }).end(body);
}
