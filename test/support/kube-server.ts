import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import type { Cluster } from '../../src/model/inventory.ts';
import { type Certificates, makeCertificates } from './certificates.ts';
import type { KubeApplies } from './kube-applies.ts';
import { fits, type KubeAsked, type KubeWhich, parseAsked } from './kube-asked.ts';
import { kubeContext, wordsFor, writeKubeconfig } from './kube-config.ts';
import { startKubeListener } from './kube-listener.ts';
import { recordedKube } from './kube-objects.ts';
import { createKubeRules, type KubeBehaviour, sendKube } from './kube-rules.ts';
import { createKubeStore, type KubeStore } from './kube-store.ts';
import { createKubeWatches } from './kube-watches.ts';

/** A Kubernetes API server on 127.0.0.1 that serves recorded lists over HTTPS, and does as told. */
export interface KubeServer {
  readonly certificates: Certificates;
  /** A folder of its own, which `stop` removes; the kubeconfig lies in it. */
  readonly folder: string;
  readonly kubeconfig: string;
  /** As an inventory has it, with this server's kubeconfig and context. */
  readonly cluster: Cluster;
  port(): number;
  /** What it has: to be changed as a cluster changes. Open watches are told. */
  readonly store: KubeStore;
  /** All requests, the first one first. */
  asked(which?: KubeWhich): readonly KubeAsked[];
  /** All patches, the first one first. */
  patches(): readonly KubePatch[];
  openWatches(which?: KubeWhich): number;
  /** Sockets that are open now, and that were ever opened. */
  sockets(): { readonly open: number; readonly ever: number };
  /** Behaves so towards these requests from now on; the returned function ends it. */
  behave(which: KubeWhich, how: KubeBehaviour): () => void;
  /** Takes these requests and answers none of them before the returned function is called. */
  hold(which: KubeWhich): () => void;
  /** Ends open watches in good order, as their time-out does. */
  endWatches(which?: KubeWhich): void;
  /** Resets the connections of open watches. */
  dropWatches(which?: KubeWhich): void;
  /** Says a raw line to open watches. */
  say(line: string, which?: KubeWhich): void;
  /** Resolves as soon as it is so: asked after each request, each end of an answer or socket. */
  until(is: () => boolean): Promise<void>;
  /** Goes away: the port refuses, all sockets are destroyed. */
  goAway(): Promise<void>;
  /** Listens again, on the same port unless told (0: any); the kubeconfig is left as it is. */
  comeBack(port?: number): Promise<void>;
  /** Ends all; rejects when anything was asked that is no list or watch that joelclaw needs. */
  stop(): Promise<void>;
}

/** A change that was asked for: a patch, or a deletion. */
interface KubePatch {
  readonly method: string;
  readonly path: string;
  readonly type: string;
  readonly body: unknown;
}

export interface KubeServerOptions {
  /** Asks for this bearer token instead of a client certificate. */
  readonly token?: string;
  /** Which of the certificates it shows; the valid one unless told. */
  readonly certificate?: 'valid' | 'expired' | 'wrongName' | 'selfSigned';
  /** Hangs up on a bad client certificate in the handshake; a real one answers 401 instead. */
  readonly hangUpOnBadClient?: boolean;
  /** False: HTTP/1.1 only, as behind some proxies. */
  readonly http2?: boolean;
  /** Takes changes of workloads and pods, or refuses them; without this none may come. */
  readonly patches?: true | keyof typeof refusedChanges;
  /** Answers to other paths, query left out: what kubectl asks before it lists. */
  readonly pages?: Readonly<Record<string, object>>;
  /** Answers to questions about objects, by method and URL as they are asked: `PATCH /api/v1/…?dryRun=All`. */
  readonly objects?: Readonly<Record<string, { readonly status: number; readonly body: string }>>;
  /** Objects that can be applied; what it does not know is asked of all else. */
  readonly applies?: KubeApplies;
  /** What containers have said, by path and query of the question; others have said nothing that is kept. */
  readonly logs?: Readonly<Record<string, string>>;
}

/** Starts one with new certificates, and writes its kubeconfig. */
export async function startKubeServer(options: KubeServerOptions = {}): Promise<KubeServer> {
  const certificates = await makeCertificates();
  const { folder } = certificates;
  const log: KubeAsked[] = [];
  const unexpected: string[] = [];
  const { tell, until } = createLooks();
  const store = createKubeStore();
  const watches = createKubeWatches(store, tell);
  const { serve: serveKnown, behave, hold } = createKubeRules(store, watches);

  const patches: KubePatch[] = [];
  const takePatch: RequestListener = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
    const type = request.headers['content-type'] ?? '';
    const { method = '' } = request;
    patches.push({ method, path: request.url ?? '/', type, body });
    if (options.patches && options.patches !== true) {
      const { code, message, reason } = refusedChanges[options.patches];
      const refusal = {
        kind: 'Status',
        apiVersion: 'v1',
        status: 'Failure',
        message,
        reason,
        code,
      };
      sendKube(response, code, JSON.stringify(refusal));
    } else sendKube(response, 200, JSON.stringify({ kind: 'StatefulSet', metadata: {} }));
    tell();
  };
  const serve: RequestListener = (request, response) => {
    const object = options.objects?.[`${request.method} ${request.url}`];
    if (object) {
      request.resume();
      return sendKube(response, object.status, object.body);
    }
    if (options.applies?.knows(request.url ?? '/')) {
      return void takeApply(options.applies, request, response);
    }
    if (/^(?:PATCH|DELETE)$/.test(request.method ?? '') && options.patches)
      return void takePatch(request, response);
    const asked = parseAsked(request.method ?? '', request.url ?? '/');
    const page = options.pages?.[(request.url ?? '/').replace(/\?.*/, '')];
    if (page) return sendKube(response, 200, JSON.stringify(page));
    const words = options.logs?.[request.url ?? '/'];
    if (words !== undefined) return sendKube(response, 200, words);
    if (/\/log\?/.test(request.url ?? '')) return sendKube(response, 400, noSuchContainer);
    if (!asked) {
      unexpected.push(`${request.method} ${request.url}`);
      return sendKube(response, 500, 'unexpected');
    }
    log.push(asked);
    response.once('close', tell);
    if (knows(request, options)) serveKnown({ asked, response }, request);
    else {
      sendKube(response, 401, recordedKube('error-401-unauthorized.json'));
      asked.status = 401;
    }
    tell();
  };
  const listener = await startKubeListener(
    tlsOf(certificates, options),
    serve,
    tell,
    options.http2,
  );
  const { port, sockets, reset, goAway, comeBack } = listener;
  const kubeconfig = join(folder, 'kubeconfig');
  await writeKubeconfig(kubeconfig, wordsFor(port(), certificates, options.token));

  return {
    ...{ certificates, folder, kubeconfig, cluster: clusterOf(kubeconfig), store },
    ...{ port, sockets, behave, hold, until, goAway, comeBack },
    patches: () => patches,
    asked: (which = {}) => log.filter((one) => fits(one, which)),
    openWatches: (which) => watches.open(which).length,
    endWatches: (which) => watches.open(which).forEach(watches.end),
    dropWatches: (which) => {
      for (const { response } of watches.open(which)) reset(response.socket?.remotePort);
    },
    say: (line, which) => {
      for (const { response } of watches.open(which)) response.write(`${line}\n`);
    },
    stop: async () => {
      await goAway();
      await rm(folder, { recursive: true, force: true });
      if (unexpected.length > 0) throw new Error(`unexpected requests: ${unexpected.join(', ')}`);
    },
  };
}

async function takeApply(
  applies: KubeApplies,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const answer = applies.answer(request.method ?? '', request.url ?? '/', body);
  if (answer) sendKube(response, answer.status, answer.body);
}

/** In the words of kube-apiserver. */
const refusedChanges = {
  forbidden: {
    code: 403,
    reason: 'Forbidden',
    message:
      'statefulsets.apps "redis" is forbidden: User "viewer" cannot patch resource "statefulsets" in API group "apps" in the namespace "joelclaw"',
  },
  'another uid': {
    code: 409,
    reason: 'Conflict',
    message:
      'Operation cannot be fulfilled on Pod "redis-0": the UID in the precondition (u0) does not match the UID in record (u1). The object might have been deleted and then recreated',
  },
  gone: { code: 404, reason: 'NotFound', message: 'pods "redis-0" not found' },
} as const;

/** As an API server passes on its kubelet's word. */
const noSuchContainer = JSON.stringify({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  message: 'previous terminated container "main" in pod "redis-0" not found',
  reason: 'BadRequest',
  code: 400,
});

function knows({ headers, socket }: IncomingMessage, { token }: KubeServerOptions): boolean {
  if (token === undefined) return (socket as TLSSocket).authorized;
  return headers.authorization === `Bearer ${token}`;
}

function tlsOf(
  certificates: Certificates,
  { certificate = 'valid', token, hangUpOnBadClient = false }: KubeServerOptions,
): object {
  const { pem: cert, keyFile } = certificates[certificate];
  const key = readFileSync(keyFile);
  const requestCert = token === undefined;
  return { cert, key, ca: certificates.ca, requestCert, rejectUnauthorized: hangUpOnBadClient };
}

function clusterOf(kubeconfig: string): Cluster {
  const known = { context: kubeContext, namespaces: ['joelclaw'], uid: null, dependsOn: [] };
  return { name: 'joelclaw', host: 'panda', kubeconfig, ...known };
}

/** Waiting for something to be so, without a clock: it is looked at whenever `tell` is called. */
function createLooks(): { tell(): void; until(is: () => boolean): Promise<void> } {
  const waiting = new Set<() => void>();
  const until = (is: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!is()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const tell = (): void => {
    for (const look of waiting) look();
  };
  return { tell, until };
}
