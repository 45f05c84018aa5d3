import { UserError } from '../../model/errors.ts';
import type { Inventory } from '../../model/inventory.ts';
import { cleaner } from '../../model/plain-text.ts';
import { type DoctorItem, doctorPage } from '../../outputs/doctor-page.ts';
import { envelope } from '../../outputs/envelope.ts';
import { createClock } from '../../transports/clock.ts';
import { createLiveTransports } from '../../transports/live.ts';
import { type Command, type Context, headOf, wantsColor } from '../context.ts';
import { pinnedKeysFile } from '../state-folder.ts';
import { clusterItems } from './cluster-items.ts';
import { hostItems } from './host-items.ts';
import { inngestItems } from './inngest-items.ts';
import { needsOf } from './needs.ts';
import { type Ground, itemOf } from './probe.ts';
import { programItems, tailscaleItem } from './programs.ts';
import { rootItems } from './root-items.ts';
import { runtimeItem } from './runtime.ts';
import { sshItems } from './ssh-items.ts';
import { stateItem } from './state-item.ts';
import { terminalItems, tmuxItem } from './terminal.ts';

/** Each question's own deadline; `--timeout` is that of all together. */
const eachMs = 8000;

/** Which tools, contexts, keys and sockets are usable, and what to do about each that is not. */
export const doctor: Command = async (context) => {
  const transports = createLiveTransports({ knownHosts: pinnedKeysFile(context) });
  const signal = AbortSignal.any([AbortSignal.timeout(context.options.timeoutMs), context.signal]);
  const options = { timeoutMs: Math.min(eachMs, context.options.timeoutMs), signal };
  try {
    const items = await itemsOf({ context, transports, options });
    if (context.signal.aborted) throw interrupted();
    await tell(items, context);
    const isMissing = items.some(({ state }) => state === 'missing');
    return isMissing && context.options.exitCode ? 1 : 0;
  } finally {
    await transports.close();
  }
};

async function tell(items: readonly DoctorItem[], context: Context): Promise<void> {
  if (!context.options.json) return context.write(doctorPage(items, wantsColor(context)));
  const answer = { schema: 'joelclaw.doctor/v1', ok: true, result: { items } };
  return context.write(envelope(headOf(context, 'doctor'), answer));
}

async function itemsOf(ground: Ground): Promise<readonly DoctorItem[]> {
  const { context } = ground;
  const { env, isTty } = context;
  const state = stateItem(ground);
  const tmux = tmuxItem(ground);
  const runtime = runtimeItem(process.versions.node, process.execPath);
  const machine = [runtime, ...terminalItems({ env, isTty })];
  const { items, secrets } = await networkItems(ground);
  return cleaned([...machine, await tmux, await state, ...items], secrets);
}

interface Found {
  readonly items: readonly DoctorItem[];
  readonly secrets: readonly string[];
}

async function networkItems(ground: Ground): Promise<Found> {
  const { lab } = ground.context.options;
  if (lab !== null) return { items: [await labItem(lab)], secrets: [] };
  const { items, read } = await rootItems(ground);
  if (!read) return { items, secrets: [] };
  const { inventory, secrets } = read;
  return { items: [...items, ...(await neededItems(ground, inventory))], secrets };
}

async function labItem(scenario: string): Promise<DoctorItem> {
  const { createLab } = await import('../../lab/index.ts');
  const { name } = createLab(scenario, { clock: createClock() });
  const note = 'it needs nothing: no program, key, host or cluster is asked';
  return itemOf({ id: 'lab', title: `lab ${name}` }, { state: 'ok', note });
}

/** All are asked at once, and told in the inventory's order. */
async function neededItems(ground: Ground, inventory: Inventory): Promise<readonly DoctorItem[]> {
  const { hostname } = ground.transports;
  const needs = needsOf(inventory, hostname);
  const watcher = needs.find(({ host }) => host.access === 'local');
  const asked = [
    ...programItems(ground, needs),
    tailscaleItem(ground, inventory.tailscale && watcher?.reach === 'here'),
    ...sshItems(ground, needs),
    ...inventory.clusters.map((cluster) => clusterItems(ground, cluster)),
    ...inventory.inngest.flatMap((server) => inngestItems(ground, server)),
  ];
  return [
    ...hostItems(needs, hostname),
    ...(await Promise.all<DoctorItem | readonly DoctorItem[]>(asked)).flat(),
  ];
}

/** What others said is made plain line by line, and holds no secret. */
function cleaned(items: readonly DoctorItem[], secrets: readonly string[]): readonly DoctorItem[] {
  const clean = cleaner(secrets);
  return items.map(({ id, title, state, note, fix }) => ({
    id: clean(id),
    title: clean(title),
    state,
    note: clean(note),
    fix: fix.split('\n').map(clean).join('\n'),
  }));
}

function interrupted(): UserError {
  return new UserError('interrupted before everything was looked at', {
    code: 'INTERRUPTED',
    hint: 'nothing was changed',
    exitCode: 130,
  });
}
