import type { Agent } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { Socket } from 'node:net';
import { urlToHttpOptions } from 'node:url';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Cluster } from '../../model/inventory.ts';
import { targetOf } from '../connect.ts';
import { createHttpAgents } from '../http-agents.ts';
import type { PreparedRequest, StartRequest } from '../http-request.ts';
import { nodeHttps } from '../node-http.ts';
import type { Sockets } from '../sockets.ts';
import { type ClusterLine, createClusterLine } from './cluster-line.ts';
import { credentialsFault } from './credentials-fault.ts';
import { trackPlugins } from './exec-plugins.ts';
import type { LoadedKubeconfig } from './kubeconfig.ts';
import { requestOver } from './line-request.ts';

/** A page of 500 objects is some MiB; one past this is not read to its end. */
const maxPageBytes = 64 * 1024 * 1024;

/** A body, and the media type that says what it means to be. */
export interface Change {
  readonly method: 'PATCH' | 'DELETE';
  readonly type: string;
  readonly body: string;
}

/** A cluster's API server as one reading of the kubeconfig has it, and the connections to it. */
export interface ClusterAccess {
  /** For messages: the file as the inventory names it, and the context. */
  readonly kubeconfig: string;
  readonly context: string;
  /** `host:port` */
  readonly target: string;
  readonly fingerprint: string;
  /** Aborted when it is closed. */
  readonly signal: AbortSignal;
  /** A GET, or a change, with our credentials; rejects with a FaultError when they cannot be had. */
  prepare(path: string, use: 'list' | 'watch', change?: Change): Promise<PreparedRequest>;
  close(): void;
}

/**
 * All go over one connection where the server speaks HTTP/2, as an API server does. Else, and behind
 * a proxy, lists share at most two, and each watch has one of its own, which it keeps from one watch
 * to the next. The kubeconfig's files are read at each request, so a renewed certificate is used.
 */
export function openAccess(
  { config, context, server, fingerprint }: LoadedKubeconfig,
  { kubeconfig }: Cluster,
  sockets: Sockets,
): ClusterAccess {
  const closing = new AbortController();
  const endPlugins = trackPlugins(config);
  const line = createClusterLine(sockets);
  const agents = { list: createHttpAgents(sockets), watch: createHttpAgents(eachAlone(sockets)) };
  takingSpare(agents.list['https:'], line);
  const credentials = shared(() => withinTime(() => credentialsOf(config, context), endPlugins));
  const { hostname, port, protocol } = urlToHttpOptions(new URL(server));
  const tls = protocol === 'https:';
  const host = hostname ?? '';
  const target = targetOf(host, Number(port || (tls ? 443 : 80)));
  const prepare: ClusterAccess['prepare'] = async (path, use, change) => {
    const { agent: proxy, headers, ...security } = await credentials();
    const proxied = config.getCurrentCluster()?.proxyUrl
      ? entered(proxy as Agent, target, sockets)
      : null;
    const options = {
      ...security,
      host,
      port: Number(port || (tls ? 443 : 80)),
      path: urlToHttpOptions(new URL(`${server}${path}`)).path,
      method: change?.method ?? 'GET',
      agent: proxied ?? agents[use][tls ? 'https:' : 'http:'],
      headers: {
        ...{ 'user-agent': 'joelclaw', accept: 'application/json' },
        ...(change ? bodyHeaders(change) : {}),
        ...headers,
      },
    } as RequestOptions;
    const request = { target, host, tls, options, body: change?.body, maxBytes: maxPageBytes };
    return tls && !proxied ? { ...request, start: starting(options, line) } : request;
  };
  const close = (): void => {
    closing.abort();
    endPlugins();
    line.close();
    agents.list.close();
    agents.watch.close();
  };
  return { kubeconfig, context, target, fingerprint, signal: closing.signal, prepare, close };
}

function bodyHeaders({ type, body }: Change): Readonly<Record<string, string>> {
  return { 'content-type': type, 'content-length': String(Buffer.byteLength(body)) };
}

/** Over the shared line, or over an agent's connection when the server has no HTTP/2. */
function starting(options: RequestOptions, line: ClusterLine): StartRequest {
  return async (signal, connecting) => {
    const session = await line.session(options, signal, connecting);
    return session ? requestOver(session, options) : nodeHttps.request(options);
  };
}

/** The connection that turned out to speak HTTP/1.1 is the agent's first. */
function takingSpare(agent: Agent, line: ClusterLine): void {
  const { createConnection } = agent;
  agent.createConnection = (...given: Parameters<typeof createConnection>) =>
    line.takeSpare() ?? createConnection.apply(agent, given);
}

/** A program that gives credentials and does not end by itself is ended: the next call may do better. */
const longestLoginMs = 10_000;

async function withinTime<T>(work: () => Promise<T>, end: () => void): Promise<T> {
  const late = setTimeout(end, longestLoginMs);
  late.unref();
  return work().finally(() => clearTimeout(late));
}

/** Runs one at a time: who asks meanwhile gets the same answer. A plugin may take seconds. */
function shared<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  return () => {
    running ??= work().finally(() => {
      running = null;
    });
    return running;
  };
}

/** What the client makes of the kubeconfig's user: headers, certificates, and an agent for a proxy. */
async function credentialsOf(config: KubeConfig, context: string): Promise<RequestOptions> {
  const options: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
    return options;
  } catch (error) {
    throw credentialsFault(error, context, config.getCurrentUser());
  }
}

/** Watches are no crowd at one target: they must not push each other out while they change over. */
function eachAlone(sockets: Sockets): Sockets {
  let watches = 0;
  const opened: Sockets['opened'] = (target, socket) =>
    sockets.opened(`${target} watch ${++watches}`, socket);
  return { ...sockets, opened };
}

const enteredAgents = new WeakSet<Agent>();

/** The client's own agent, for a proxy: it hands over a socket when the proxy has connected it. */
function entered(agent: Agent, target: string, sockets: Sockets): Agent {
  if (enteredAgents.has(agent)) return agent;
  enteredAgents.add(agent);
  const { createConnection } = agent;
  return Object.assign(agent, {
    createConnection: (...[options, done]: Parameters<typeof createConnection>) =>
      createConnection.call(agent, options, (error, socket) => {
        if (socket) sockets.opened(`${target} by proxy`, socket as Socket);
        done?.(error, socket);
      }),
  });
}
