import { join } from 'node:path';
import { appsQuery, runsQuery } from '../../src/kinds/inngest/queries.ts';
import type { HomelabNetwork } from './homelab-network.ts';
import { askCaddy, askHere, askPage, askRedis, writeScript } from './operator-script.ts';
import type { SshBox } from './ssh-box.ts';

/** What its script needs besides the programs of the small one. */
export const homelabPrograms = ['kubectl', 'ssh'];

/**
 * Writes the script that the operator of a network with a cluster would: the same questions to the same
 * servers, one after another. kubectl is asked once for all three lists and keeps its discovery, each
 * host once for all its units. Returns its path.
 */
export async function writeHomelabScript(network: HomelabNetwork): Promise<string> {
  const { folder, redis, caddy, worker, slow, boxes } = network;
  const path = join(folder.root, 'status.sh');
  await writeScript(path, [
    askCluster(network),
    ...boxes.flatMap((box) => askBox(box, network.units)),
    ...askInngest(network),
    ...askRedis(redis),
    ...[worker.url, worker.api, slow.url].map(askPage),
    ...askCaddy(caddy),
    ...askHere,
  ]);
  return path;
}

function askCluster({ folder, kube }: HomelabNetwork): string {
  const as = `--kubeconfig ${kube.kubeconfig} --context ${kube.context}`;
  const discovered = join(folder.root, 'kubectl');
  return `kubectl ${as} --cache-dir ${discovered} -n joelclaw get statefulsets,pods,nodes`;
}

/** Two logins, as nobody thinks of ControlMaster in a script of status. */
function askBox({ port, user, keyFile, knownHosts }: SshBox, units: readonly string[]) {
  const options = `-F none -o BatchMode=yes -o UserKnownHostsFile=${knownHosts} -i ${keyFile}`;
  const login = `ssh ${options} -p ${port} ${user}@127.0.0.1`;
  return [`${login} 'systemctl show -- ${units.join(' ')}'`, `${login} 'df -k /; free; uptime'`];
}

/** What is registered, and what ran within a day. */
function askInngest({ inngest }: HomelabNetwork): readonly string[] {
  const queries = [appsQuery, runsQuery({ nowMs: Date.now(), appIds: [], crons: [] })];
  return queries.map((query) => {
    const body = JSON.stringify({ query });
    return `curl -fsS --max-time 5 -H 'content-type: application/json' -d '${body}' ${inngest.url}/v0/gql`;
  });
}
