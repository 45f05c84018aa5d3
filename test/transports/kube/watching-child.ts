import { createKube } from '../../../src/transports/kube/kube.ts';
import { kubeTiming } from '../../../src/transports/kube/timing.ts';
import { createSockets } from '../../../src/transports/sockets.ts';
import { createTls } from '../../../src/transports/tls.ts';

// Lists, starts a watch, repeats what it is told, and then has nothing to do: it must end although the
// watch goes on. No list counts as fresh, so the second one has a watch begun.
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
const sockets = createSockets();
const { kube } = createKube({
  sockets,
  tls: createTls(sockets),
  timing: { ...kubeTiming, freshMs: 0 },
});
const options = { timeoutMs: 5000, signal: new AbortController().signal };
for (let times = 0; times < 2; times++) {
  await kube({ cluster, resource: 'pods', namespace: null }, options);
}
for await (const told of process.stdin) process.stdout.write(told);
