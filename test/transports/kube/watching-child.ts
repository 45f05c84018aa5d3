import { createLiveTransports } from '../../../src/transports/live.ts';

// Lists, starts a watch, and then has nothing to do: it must end although the watch goes on.
const [, , kubeconfig = ''] = process.argv;
const cluster = {
  name: 'joelclaw',
  host: 'panda',
  kubeconfig,
  context: null,
  namespaces: [],
  uid: null,
  dependsOn: [],
};
const transports = createLiveTransports();
const options = { timeoutMs: 5000, signal: new AbortController().signal };
const call = () => transports.kube({ cluster, resource: 'pods', namespace: null }, options);
const first = await call();
let now = first;
// A list is fresh for a second; the proof is newer as soon as a watch was accepted.
while (now.provenAtMs === first.provenAtMs) {
  await new Promise((resolve) => setTimeout(resolve, 100));
  now = await call();
}
process.stdout.write('watching\n');
