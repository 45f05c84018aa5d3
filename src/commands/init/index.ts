import { stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { UserError } from '../../model/errors.ts';
import { envelope } from '../../outputs/envelope.ts';
import { createLiveTransports } from '../../transports/live.ts';
import { type Command, type Context, headOf, sameNetwork } from '../context.ts';
import { inventoryFile } from '../root.ts';
import { findAliases } from './find-aliases.ts';
import { findCluster } from './find-cluster.ts';
import { findDescription } from './find-description.ts';
import { findPorts } from './find-ports.ts';
import { findTailnet } from './find-tailnet.ts';
import { findUnits } from './find-units.ts';
import type { Found } from './found.ts';
import { type Counts, inventoryText } from './inventory-text.ts';
import type { Looking } from './look.ts';
import { refuseExisting, writeInventory } from './write-inventory.ts';

/** Each look's own deadline. */
const eachMs = 5000;

/** Writes an inventory of what this machine has into `--root` or the working directory. */
export const init: Command = async (context) => {
  const { options, cwd } = context;
  const folder = resolve(cwd, options.root ?? '.');
  if (!options.dryRun) await refuseExisting(folder);
  const found = await look(context);
  const schema = await stat(join(folder, 'inventory.schema.json')).then(
    () => true,
    () => false,
  );
  const date = new Date(context.startedMs).toISOString().slice(0, 10);
  const { text, counts } = inventoryText(found, { date, schema });
  if (!options.dryRun) await writeInventory(folder, text);
  await tell(context, { folder, text, counts });
  return 0;
};

async function look(context: Context): Promise<Found> {
  const transports = createLiveTransports();
  const signal = AbortSignal.any([AbortSignal.timeout(context.options.timeoutMs), context.signal]);
  const { home, env } = context;
  try {
    const found = await findAll({ transports, options: { timeoutMs: eachMs, signal }, home, env });
    if (context.signal.aborted) throw interrupted();
    return found;
  } finally {
    await transports.close();
  }
}

async function findAll(looking: Looking): Promise<Found> {
  const [description, aliases, tailnet, units, cluster, ports] = await Promise.all([
    findDescription(looking),
    findAliases(looking),
    findTailnet(looking),
    findUnits(looking),
    findCluster(looking),
    findPorts(looking),
  ]);
  return {
    hostname: hostname(),
    description: description.found,
    tailnetLabel: tailnet.found.label,
    aliases: aliases.found,
    peers: tailnet.found.peers,
    units: units.found,
    cluster: cluster.found,
    ports: ports.found,
    notLooked: [description, aliases, tailnet, units, cluster, ports].flatMap(
      (one) => one.notLooked,
    ),
  };
}

interface Written {
  readonly folder: string;
  readonly text: string;
  readonly counts: Counts;
}

async function tell(context: Context, { folder, text, counts }: Written): Promise<void> {
  const { json, dryRun } = context.options;
  const path = join(folder, inventoryFile);
  const next = nextSteps(context);
  if (json) {
    const result = { path, written: !dryRun, found: counts, text };
    const nextActions = next.map(([command, description]) => ({ command, description }));
    const answer = { schema: 'joelclaw.init/v1', ok: true, result, nextActions };
    return context.write(envelope(headOf(context, 'init'), answer));
  }
  if (dryRun) return context.write(text);
  const widest = Math.max(...next.map(([command]) => command.length));
  const steps = next.map(([command, words]) => `  ${command.padEnd(widest)}  ${words}\n`);
  return context.write(`wrote ${path}: ${inWords(counts)}\n\nnext\n${steps.join('')}`);
}

function nextSteps(context: Context): readonly (readonly [string, string])[] {
  const where = sameNetwork(context);
  return [
    [`joelclaw config check${where}`, 'after each change: is it well formed'],
    [`joelclaw doctor${where}`, 'what of it can be asked from here, and what to do about the rest'],
    [`joelclaw${where}`, 'the cockpit'],
  ];
}

function inWords({ hosts, clusters, services, inngest, commented }: Counts): string {
  const count = (n: number, one: string, many = `${one}s`): string =>
    `${n} ${n === 1 ? one : many}`;
  return [
    count(hosts, 'host'),
    ...(clusters === 0 ? [] : [count(clusters, 'cluster')]),
    count(services, 'service'),
    ...(inngest === 0 ? [] : [count(inngest, 'Inngest server')]),
    ...(commented === 0 ? [] : [`${commented} left as comments`]),
  ].join(', ');
}

function interrupted(): UserError {
  return new UserError('interrupted: nothing was written', {
    code: 'INTERRUPTED',
    hint: 'run it again',
    exitCode: 130,
  });
}
