import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pathOf } from '../../../src/model/inventory.ts';
import { benchOf } from '../../lab/sample.ts';
import { labGround } from './lab-ground.ts';

const options = { timeoutMs: 5000, signal: new AbortController().signal };

/** The jobs of the services that have managed files. */
const labels = ['com.joel.caddy', 'com.joel.system-bus-worker'];

/** A panda whose HOME is empty: no managed file stands there, and launchd has loaded none of their jobs. */
async function emptyPanda(stateFolder: string) {
  const bench = benchOf('healthy');
  const { network, lab } = bench;
  const { inventory } = network;
  const { transports } = lab;
  const panda = inventory.hosts.find(({ name }) => name === 'panda');
  if (!panda) throw new Error('there is no panda');
  const files = inventory.files.filter(({ host }) => host === 'panda');
  const empty = { ...bench, network: { ...network, inventory: { ...inventory, files } } };
  const ground = labGround(empty, stateFolder);
  const run = async (...argv: readonly [string, ...string[]]) =>
    (await ground.untilDone(transports.exec({ on: panda, argv }, options))).exitCode;
  const write = (on: typeof panda | null, path: string, text: string | null, was: string | null) =>
    ground.untilDone(transports.writeFile({ on, path, text, mode: '0644', was }, options));
  for (const label of labels) await run('/bin/launchctl', 'bootout', `gui/501/${label}`);
  for (const file of files) {
    const path = pathOf(file) ?? '';
    const [seen] = await ground.untilDone(transports.lookAtFiles(panda, [path], options));
    if (seen?.isThere) await write(panda, path, null, seen.sha256);
  }
  const loaded = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const label of labels) {
      if ((await run('/bin/launchctl', 'print', `gui/501/${label}`)) === 0) found.push(label);
    }
    return found;
  };
  return { ground, loaded };
}

test('from an empty HOME one apply brings up the job of every managed file, and a second one has nothing to do', async () => {
  const stateFolder = await mkdtemp(join(tmpdir(), 'joelclaw-empty-'));
  try {
    const { ground, loaded } = await emptyPanda(stateFolder);
    expect(await loaded()).toEqual([]);
    const before = await ground.plan();
    expect([...new Set(before.map(({ item }) => `${item.verdict} ${item.action}`))]).toEqual([
      'missing create',
    ]);
    const [outcome, ...steps] = await ground.apply('one');
    expect([outcome, steps.filter((step) => !step.endsWith(' done'))]).toEqual(['done', []]);
    expect(await loaded()).toEqual(labels);
    const after = await ground.plan();
    expect(
      after
        .filter(({ item }) => item.action !== 'none' && item.kind !== 'env')
        .map(({ item }) => item),
    ).toEqual([]);
  } finally {
    await rm(stateFolder, { recursive: true, force: true });
  }
});
