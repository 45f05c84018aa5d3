import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ActGround } from '../../../src/commands/acting/prepared.ts';
import { memoryStore } from '../../../src/commands/infra/apply-store.ts';
import { carryOutPlan } from '../../../src/commands/infra/carry-out-plan.ts';
import { recordKeeper } from '../../../src/commands/infra/keep-record.ts';
import { makePlan } from '../../../src/commands/infra/make-plan.ts';
import type { Transports } from '../../../src/transports/contract.ts';
import { benchOf } from '../../lab/sample.ts';
import { actGroundOf, untilDone as inTime } from '../../support/acting-ground.ts';

const value = 'zq81plantedE1vv';
const signal = new AbortController().signal;
const bench = benchOf('config-drift');
const told: string[] = [];
let stateFolder: string;
beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'joelclaw-infra-'));
});
afterEach(() => rm(stateFolder, { recursive: true, force: true }));

/** The worker dies once it is started anew, and launchctl then fails: both quote it. */
function quoting(): ActGround {
  const { transports } = bench.lab;
  let starts = 0;
  const exec: Transports['exec'] = async (request, options) => {
    if (request.argv.includes('kickstart') && starts++ > 0)
      return { exitCode: 5, signal: null, stdout: '', stderr: `bad ${value}\n`, truncated: false };
    return transports.exec(request, options);
  };
  const checks = bench.network.checks.map((check) => ({
    ...check,
    run: async (context: Parameters<typeof check.run>[0]) => {
      const result = await check.run(context);
      if (check.service !== 'panda/worker' || starts === 0) return result;
      return { ...result, verdict: { state: 'down', note: `it said: bad ${value}` } } as const;
    },
  }));
  const network = { ...bench.network, checks };
  return {
    ...actGroundOf({ network, transports: { ...transports, exec }, stateFolder }),
    ...{ warn: () => {}, onStep: ({ said }) => void told.push(said) },
  };
}

const untilDone = <T>(work: Promise<T>): Promise<T> => inTime(bench.clock, work);

it('a value of a managed environment is in no word of an apply, nor in what it keeps', async () => {
  const { transports, network } = { ...bench.lab, network: bench.network };
  const on = network.inventory.hosts.find(({ name }) => name === 'panda') ?? null;
  const path = '~/.config/system-bus.env';
  const [before] = await untilDone(transports.lookAtFiles(on, [path], { timeoutMs: 5000, signal }));
  const text = `${before?.text}TOKEN="first\n${value}"\n`;
  const put = { on, path, text, mode: '0600', was: before?.sha256 ?? null };
  await untilDone(transports.writeFile(put, { timeoutMs: 5000, signal }));
  const act = quoting();
  const store = memoryStore();
  const wish = { overwriteDrift: true, prune: false };
  const plan = await untilDone(makePlan({ open: act.open, store, timeoutMs: 5000, signal }, wish));
  const record = recordKeeper(act.open, plan.kept);
  const ground = { act, signal, store, record, id: 'one', undoes: null, noRestart: false };
  const more = { own: null, tell: (line: string) => void told.push(line) };
  const applied = await untilDone(carryOutPlan(plan, { ...ground, ...more }));
  const kept = await readFile(join(stateFolder, 'actions.ndjson'), 'utf8');
  expect(applied.outcome).not.toBe('done');
  for (const words of [applied, told, kept]) expect(JSON.stringify(words)).toContain('bad •••');
  const all = JSON.stringify([applied, told, await store.list(), kept]);
  expect(all).not.toContain(value);
});
