import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { type Amount, atMost, atMostTimes, type Bench, type Figure } from './bench.ts';
import { interleave } from './interleave.ts';
import { median } from './median.ts';
import { type SshBox, seenBy, startSshBox } from './ssh-box.ts';
import type { Staged } from './staged.ts';
import { timedRun } from './timed-run.ts';

const items = 200;
const rounds = 7;
const planMs = 2000;
const timesPlan = 1.1;

/** Many managed files on a host behind a real sshd: a plan of them, and an apply that changes none. */
export const infraBench: Bench = {
  name: 'infra',
  needs: ['sshd'],
  measure: async (staged) => {
    const box = await startSshBox('box');
    const folder = await makeNetworkFolder('');
    try {
      await declare(folder, box);
      return await measureOn(folder, box, staged);
    } finally {
      await folder.remove();
      await box.stop();
    }
  },
};

async function declare(folder: NetworkFolder, { folder: there, user, port, ...box }: SshBox) {
  const live = join(there, 'live');
  await Promise.all([mkdir(join(folder.root, 'infra')), mkdir(live)]);
  const names = Array.from({ length: items }, (_, index) => `f${index}`);
  await Promise.all(
    names.map((name, index) =>
      writeFile(join(folder.root, 'infra', name), `# ${name}\n${'line\n'.repeat(index)}`),
    ),
  );
  const ssh = `{host: 127.0.0.1, port: ${port}, user: ${user}, identityFile: ${box.keyFile}, knownHosts: [${box.knownHosts}]}`;
  const files = names.map(
    (name) =>
      `  - {source: infra/${name}, kind: file, host: box, destination: ${live}/, mode: "0640"}`,
  );
  await folder.write(`version: 1
name: infra
hosts: [{name: box, access: ssh, ssh: ${ssh}}]
files:
${files.join('\n')}
`);
}

async function measureOn(
  folder: NetworkFolder,
  box: SshBox,
  { launcher, node }: Staged,
): Promise<readonly Figure[]> {
  const infra = (...args: readonly string[]) =>
    timedRun([launcher, 'infra', ...args, '--root', folder.root], {
      JOELCLAW_STATE: folder.state,
    });
  await infra('apply', '--yes');
  const before = seenBy(box).connections;
  await infra('plan');
  const connections: Amount = { value: seenBy(box).connections - before, unit: '' };
  const taken = await interleave(
    {
      plan: async () => (await infra('plan')).ms,
      apply: async () => (await infra('apply', '--yes')).ms,
      node: async () => (await timedRun([node, '-e', '0'])).ms,
    },
    rounds,
  );
  const [plan, apply] = [taken.plan, taken.apply].map(
    (all): Amount => ({ value: median(all), unit: 'ms' }),
  ) as [Amount, Amount];
  return [
    {
      ...{ name: `infra plan of ${items} files behind sshd`, ours: plan, n: rounds },
      versus: { name: 'node -e 0', amount: { value: median(taken.node), unit: 'ms' } },
      goal: atMost(plan, planMs),
    },
    {
      ...{ name: '  its connections', ours: connections, n: 1 },
      ...{ versus: null, goal: atMost(connections, 1) },
    },
    {
      ...{ name: '  infra apply that changes none', ours: apply, n: rounds },
      versus: { name: 'infra plan', amount: plan },
      goal: atMostTimes(apply.value, plan.value, timesPlan),
    },
  ];
}
