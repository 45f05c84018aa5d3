import { writeFile } from 'node:fs/promises';
import type { Certificates } from './certificates.ts';

/** A kubeconfig with one context; what is not told is left out of it. */
export interface KubeconfigWords {
  readonly server: string;
  readonly context?: string;
  readonly caFile?: string;
  readonly serverName?: string;
  readonly insecure?: boolean;
  readonly proxy?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly token?: string;
  /** A program that prints credentials. */
  readonly exec?: readonly [string, ...string[]];
}

export const kubeContext = 'admin@joelclaw-1';

/** Writes it as `talosctl kubeconfig` and `kubectl config` do; JSON is YAML too. */
export async function writeKubeconfig(path: string, words: KubeconfigWords): Promise<void> {
  const { context = kubeContext, exec } = words;
  const cluster = {
    server: words.server,
    'certificate-authority': words.caFile,
    'tls-server-name': words.serverName,
    'insecure-skip-tls-verify': words.insecure,
    'proxy-url': words.proxy,
  };
  const user = {
    'client-certificate': words.certFile,
    'client-key': words.keyFile,
    token: words.token,
    exec: exec && {
      apiVersion: 'client.authentication.k8s.io/v1',
      interactiveMode: 'Never',
      command: exec[0],
      args: exec.slice(1),
    },
  };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'joelclaw', cluster }],
    users: [{ name: 'admin', user }],
    contexts: [{ name: context, context: { cluster: 'joelclaw', user: 'admin' } }],
    'current-context': context,
  };
  await writeFile(path, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
}

/** The words for a server on loopback that knows our certificate, or a token. */
export function wordsFor(
  port: number,
  { caFile, valid }: Certificates,
  token: string | null = null,
): KubeconfigWords {
  const server = `https://127.0.0.1:${port}`;
  if (token !== null) return { server, caFile, token };
  return { server, caFile, certFile: valid.certFile, keyFile: valid.keyFile };
}
