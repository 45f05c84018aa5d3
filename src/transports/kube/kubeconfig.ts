import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { Cluster } from '../../model/inventory.ts';
import { plainText } from '../../model/plain-text.ts';
import { withHome } from '../files.ts';

/** A context of a kubeconfig file, ready to be used. */
export interface LoadedKubeconfig {
  readonly config: KubeConfig;
  readonly context: string;
  /** Its API server's URL. */
  readonly server: string;
  /** The same for the same server, user and context: whether a changed file concerns it. */
  readonly fingerprint: string;
  /** Of the file that it was read from. */
  readonly modifiedMs: number;
}

/** Milliseconds since 1970; null when the file cannot be looked at. */
export async function modifiedMsOf({ kubeconfig }: Cluster): Promise<number | null> {
  const seen = await stat(withHome(kubeconfig)).catch(() => null);
  return seen?.mtimeMs ?? null;
}

/** Reads the cluster's kubeconfig; what is missing there is ours to mend, and named. */
export async function loadKubeconfig(cluster: Cluster): Promise<LoadedKubeconfig> {
  const path = withHome(cluster.kubeconfig);
  const modifiedMs = (await modifiedMsOf(cluster)) ?? 0;
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw missing(cluster.kubeconfig, error, 'copy it there, or correct clusters[].kubeconfig');
  });
  const config = await parsed(text, cluster.kubeconfig);
  config.makePathsAbsolute(dirname(path));
  const context = chooseContext(config, cluster);
  const { server, ...rest } = await usable(config, cluster.kubeconfig, context);
  const fingerprint = JSON.stringify([context, server, rest]);
  return { config, context, server, fingerprint, modifiedMs };
}

/** No word of the parser's is shown: it quotes the file, which holds keys. */
async function parsed(text: string, path: string): Promise<KubeConfig> {
  const { KubeConfig: Config } = await import('./client.ts');
  const config = new Config();
  try {
    config.loadFromString(text, { onInvalidEntry: 'filter' });
    return config;
  } catch (cause) {
    const fault = faultOf('tool-missing', `${path} is not a kubeconfig`, {
      hint: 'try it with: kubectl config view',
    });
    throw new FaultError(fault, { cause });
  }
}

/** Sets the wanted context, or keeps the file's current one. */
function chooseContext(config: KubeConfig, { kubeconfig, context }: Cluster): string {
  const known = config.getContexts().map(({ name }) => name);
  const wanted = context ?? config.getCurrentContext();
  if (wanted && known.includes(wanted)) {
    config.setCurrentContext(wanted);
    return wanted;
  }
  const what = wanted ? `no context ${plainText(wanted, 80)}` : 'no current context';
  const names = known.slice(0, 6).map((name) => plainText(name, 80));
  throw notThere(
    `${kubeconfig} has ${what}`,
    names.length === 0
      ? 'it has no context at all: is it the right file?'
      : `it has ${names.join(', ')}: correct clusters[].context`,
  );
}

/** The context's server and user, once all the files that they name can be read. */
async function usable(
  config: KubeConfig,
  path: string,
  context: string,
): Promise<{ readonly server: string; readonly cluster: object; readonly user: object }> {
  const cluster = config.getCurrentCluster();
  const user = config.getCurrentUser();
  const lacks = cluster ? (user ? null : 'user') : 'cluster';
  if (!cluster || !user) {
    const hint = `kubectl config view --context ${context} shows what it names`;
    throw notThere(`context ${context} of ${path} names a ${lacks} that is not there`, hint);
  }
  const { server, skipTLSVerify, caFile } = cluster;
  if (!URL.canParse(server) || !/^https?:/.test(server)) {
    throw notThere(`context ${context} of ${path} has a server that is no http URL`, 'correct it');
  }
  if (server.startsWith('http:') && !skipTLSVerify) {
    const hint = 'use https, or set insecure-skip-tls-verify to say that this is meant';
    throw notThere(`context ${context} of ${path} has a server without TLS`, hint);
  }
  const files = {
    authority: caFile,
    'client certificate': user.certFile,
    'client key': user.keyFile,
  };
  for (const [what, file] of Object.entries(files)) {
    if (!file) continue;
    await access(file, constants.R_OK).catch((error: unknown) => {
      throw missing(`the ${what} ${file}`, error, `context ${context} of ${path} names it`);
    });
  }
  return { server, cluster, user };
}

function missing(what: string, error: unknown, hint: string): FaultError {
  const { code } = error as NodeJS.ErrnoException;
  const words = code === 'ENOENT' || code === 'ENOTDIR' ? 'does not exist' : 'cannot be read';
  return notThere(
    `${what} ${words}`,
    words === 'cannot be read' ? `${hint}; check its mode` : hint,
  );
}

function notThere(message: string, hint: string): FaultError {
  return new FaultError(faultOf('tool-missing', message, { hint }));
}
