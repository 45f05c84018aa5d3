import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { adopt } from '../../src/commands/audit/adopt.ts';
import { withHost } from '../../src/commands/audit/with-host.ts';
import type { Context } from '../../src/commands/context.ts';
import { readOptions } from '../../src/commands/options.ts';
import { networkFolder } from '../../src/commands/state-folder.ts';
import type { Adoption } from '../../src/model/adoption.ts';
import { reportOf } from '../audit/adopt/seen.ts';
import { makeAdoptingFolder } from './adoptable.ts';
import type { DebianHost } from './debian-host/index.ts';
import { makeNetworkFolder, type NetworkFolder } from './network-folder.ts';
import { type CliEnd, runCli } from './run-cli.ts';
import { port as firstPort } from './ways-to-run.ts';

/** How a slot stands on its host, each as one word. */
export interface Standing {
  /** `old` and `unit` are those that listen; `none` is nobody. */
  readonly serves: string;
  readonly unit: string;
  readonly boot: string;
  /** Files that a script has left beside those that it changes. */
  readonly left: string;
}

export const asBefore: Standing = { serves: 'old', unit: 'inactive', boot: 'live', left: '' };
export const takenOver: Standing = {
  ...{ serves: 'unit', unit: 'active enabled', boot: 'out', left: '' },
};

/** A service of its own on the host, that runs by nohup and waits to be adopted. */
export interface Slot {
  readonly folder: NetworkFolder;
  readonly name: string;
  readonly adoption: Adoption;
  infra(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<CliEnd>;
  standing(): Promise<Standing>;
  clear(): Promise<void>;
}

/** Makes slots: what an adoption has written once is written for each under a name and a port of its own. */
export interface Slots {
  make(number: number): Promise<Slot>;
}

const start = (name: string, port: number): string => `set -e
printf 'MAILTO=""\\n%s\\n' '${bootOf(port)}' >/etc/cron.d/${name}
cd /home/joel
setpriv --reuid 1000 --regid 1000 --init-groups sh -c 'setsid nohup perl /usr/local/bin/jc-server ${port} >>/home/joel/${name}.log 2>&1 </dev/null &'
n=100
until [ -n "$(ss -Hltn 'sport = :${port}')" ]; do n=$((n - 1)); [ $n -gt 0 ]; sleep 0.1; done
pid=$(ss -Hltnp 'sport = :${port}' | sed 's/.*pid=\\([0-9]*\\),.*/\\1/')
echo "$pid $(sed 's/^.*) //' /proc/$pid/stat | cut -d' ' -f20)"`;

function bootOf(port: number): string {
  return `@reboot joel /usr/bin/perl /usr/local/bin/jc-server ${port}`;
}

const look = (name: string, port: number): string => `
pids=$(ss -Hltnp 'sport = :${port}' | sed 's/.*pid=\\([0-9]*\\),.*/\\1/' | sort -u)
serves=
for pid in $pids; do if grep -q '/${name}.service' /proc/$pid/cgroup; then serves="$serves unit"; else serves="$serves old"; fi; done
twins=$(pgrep -fxc '[^ ]*perl /usr/local/bin/jc-server ${port}')
[ "$twins" -le 1 ] || serves="$serves $twins-run"
echo \${serves:-none}
echo "$(systemctl is-active ${name}.service) $(systemctl is-enabled ${name}.service 2>/dev/null || true)"
if grep -Fxq '${bootOf(port)}' /etc/cron.d/${name}; then echo live; elif grep -q '^# joelclaw: .*${port}$' /etc/cron.d/${name}; then echo out; else echo lost; fi
ls -A /etc/cron.d /etc/systemd/system | grep -F '${name}' | grep -vx -e ${name} -e ${name}.service || true
ls -A /dev/shm | grep '^joelclaw' || true`;

/** Adopts a service of the host once, by what runs there by nohup. */
export async function makeSlots(host: DebianHost): Promise<Slots> {
  const folder = await makeAdoptingFolder(host);
  const said = await host.shell(start('pdf-brain', firstPort));
  const pid = Number(said.split(' ')[0]);
  await adoptOnce(folder, pid);
  const [network = ''] = await readdir(folder.state);
  const kept = join(network, 'adoptions', 'box%2Fpdf-brain.json');
  const texts = {
    inventory: await readFile(join(folder.root, 'inventory.yaml'), 'utf8'),
    unit: await readFile(join(folder.root, 'infra/systemd/pdf-brain.service'), 'utf8'),
    adoption: await readFile(join(folder.state, kept), 'utf8'),
  };
  await folder.remove();
  await host.shell(`kill ${pid}; rm /etc/cron.d/pdf-brain`);
  return { make: (number) => makeSlot(number, { host, texts }) };
}

interface Template {
  readonly host: DebianHost;
  readonly texts: Readonly<Record<'inventory' | 'unit' | 'adoption', string>>;
}

async function makeSlot(number: number, { host, texts }: Template): Promise<Slot> {
  // No name stands in another one.
  const [name, port] = [`brain-${100 + number}`, firstPort + 1 + number];
  const of = (text: string): string =>
    text.replaceAll('pdf-brain', name).replaceAll(`${firstPort}`, `${port}`);
  const [pid, startTicks = ''] = (await host.shell(start(name, port))).trim().split(' ');
  const seen = JSON.parse(of(texts.adoption)) as Adoption;
  const process = { ...seen.process, pid: Number(pid), startTicks };
  const adoption = { ...seen, process };
  const folder = await makeNetworkFolder(of(texts.inventory));
  const unit = join(folder.root, 'infra/systemd', `${name}.service`);
  const state = join(folder.state, networkFolder('debian', folder.root));
  const waiting = join(state, 'adoptions', `box%2F${name}.json`);
  await mkdir(dirname(unit), { recursive: true });
  await mkdir(dirname(waiting), { recursive: true });
  await writeFile(unit, of(texts.unit));
  await writeFile(waiting, `${JSON.stringify(adoption)}\n`);
  const infra: Slot['infra'] = (args, env = {}) =>
    runCli(['infra', ...args, '--yes', '--root', folder.root], {
      env: { JOELCLAW_STATE: folder.state, ...env },
    });
  const standing = async (): Promise<Standing> => {
    const [serves = '', state = '', boot = '', ...left] = (await host.shell(look(name, port)))
      .trim()
      .split('\n');
    return { serves, unit: state.trim(), boot, left: left.join(' ') };
  };
  const clear = async (): Promise<void> => {
    await folder.remove();
    await host.shell(
      `systemctl disable --now ${name} 2>/dev/null; pkill -fx '[^ ]*perl /usr/local/bin/jc-server ${port}'; rm -f /etc/cron.d/*${name}* /etc/systemd/system/*${name}*; systemctl daemon-reload`,
    );
  };
  return { folder, name, adoption, infra, standing, clear };
}

async function adoptOnce(folder: NetworkFolder, pid: number): Promise<void> {
  const words = ['audit', 'box', '--adopt', 'pdf-brain', '--yes', '--root', folder.root];
  const context: Context = {
    options: readOptions(words),
    ...{ env: { JOELCLAW_STATE: folder.state }, cwd: folder.root, home: homedir(), isTty: false },
    ...{ signal: new AbortController().signal, startedMs: 0 },
    write: async () => {},
    warn: () => {},
  };
  await withHost('box', context, async (ground) => {
    const [service] = ground.open.network.inventory.services;
    if (service) await adopt(service, ground, async () => reportOf('nohup', null, pid));
    return 0;
  });
}
