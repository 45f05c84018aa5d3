import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type DebianHost, startDebianHost } from './debian-host/index.ts';
import { makeNetworkFolder, type NetworkFolder } from './network-folder.ts';
import { port } from './ways-to-run.ts';

/** A real host on whose port nothing is served yet. */
export async function startAdoptable(): Promise<DebianHost> {
  const host = await startDebianHost();
  await host.shell('systemctl disable --now jc-works');
  return host;
}

/** A root in which pdf-brain of the host has no manager; `hosts` are the host again, by other users. */
export async function makeAdoptingFolder(
  host: DebianHost,
  hosts: Readonly<Record<string, string>> = { box: 'root' },
): Promise<NetworkFolder> {
  const { address, keyFile, knownHosts } = host;
  const known = Object.entries(hosts).map(
    ([name, user]) =>
      `  - {name: ${name}, access: ssh, ssh: {host: ${address}, user: ${user}, identityFile: ${keyFile}, knownHosts: [${knownHosts}]}}`,
  );
  const folder = await makeNetworkFolder(`version: 1
name: debian
defaults: {interval: 2s, timeout: 5s, failureThreshold: 2, successThreshold: 2}
hosts:
${known.join('\n')}
services:
  - name: pdf-brain
    host: box
    port: ${port}
    manager: {kind: none}
    checks: [{kind: http, url: "http://${address}:${port}/", count: documents, unit: docs}]
`);
  await mkdir(join(folder.root, 'infra'));
  return folder;
}

/** Takes the unit away that an adoption has left there. */
export async function forgetAdopted(host: DebianHost): Promise<void> {
  const file = '/etc/systemd/system/pdf-brain.service';
  await host.shell(
    `systemctl disable --now pdf-brain || true; rm -f ${file}; systemctl daemon-reload`,
  );
}
