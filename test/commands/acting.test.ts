import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { carryOut } from '../../src/commands/acting/carry-out.ts';
import { prepareRestart, type RestartGround } from '../../src/commands/acting/prepare-restart.ts';
import { journalName, takeUnit } from '../../src/commands/acting/unit-state.ts';
import { emptyNetworkState } from '../../src/model/health.ts';
import type { Service } from '../../src/model/inventory.ts';
import type { Acted } from '../../src/model/plan.ts';
import type { Transports } from '../../src/transports/contract.ts';
import { type Bench, benchOf } from '../lab/sample.ts';

let bench: Bench;
let stateFolder: string;
beforeEach(async () => {
  bench = benchOf('healthy');
  stateFolder = await mkdtemp(join(tmpdir(), 'joelclaw-acting-'));
});
afterEach(() => rm(stateFolder, { recursive: true, force: true }));

function groundOf(more: Partial<RestartGround> = {}, transports = bench.lab.transports) {
  const { network } = bench;
  const known = { secrets: [], identity: '', rootPath: null, badge: null };
  const ground: RestartGround = {
    open: { network, transports, stateFolder, ...known },
    ...{ actor: 'joel@panda', force: false, verifyMs: null },
    signal: new AbortController().signal,
    warn: (line) => {
      throw new Error(line);
    },
    ...{ onStep: () => {}, onLook: () => {}, ...more },
  };
  return ground;
}

const serviceOf = (id: string): Service =>
  bench.network.inventory.services.find((one) => one.id === id) as Service;

async function restart(id: string, ground = groundOf()): Promise<Acted> {
  const work = async (): Promise<Acted> =>
    carryOut(await prepareRestart(serviceOf(id), emptyNetworkState, ground), ground);
  return untilDone(work());
}

/** Files take real time, in which a virtual clock has nobody to wake. */
async function untilDone<T>(work: Promise<T>): Promise<T> {
  let done = false;
  const end = (): void => {
    done = true;
  };
  work.then(end, end);
  while (!done) {
    await new Promise((resolve) => setImmediate(resolve));
    await bench.clock.advance(100);
  }
  return work;
}

test('a restart is verified for its minimum runtime, with its functions by name', async () => {
  const { outcome, receipt } = await restart('panda/worker');
  expect(outcome).toBe('done');
  expect(receipt).toMatchObject({
    ...{ verified: true, isNew: true, wantedSamples: 2 },
    before: { pid: 1083, starts: 1 },
    after: { pid: 1090, starts: 2 },
    functions: { app: 'system-bus', before: 14, after: 14, missing: [], asked: false },
  });
  expect(receipt?.stableMs).toBeGreaterThanOrEqual(20_000);
});

test('a workload of the cluster is verified by its pods', async () => {
  const { outcome, receipt } = await restart('panda/qdrant');
  expect(outcome).toBe('done');
  expect(receipt?.before.revision).not.toBe(receipt?.after.revision);
});

test('the attempt is stamped and kept, so that the next one is refused, unless it is forced', async () => {
  await restart('panda/caddy');
  const again = await restart('panda/caddy');
  expect(again).toMatchObject({ outcome: 'refused', steps: [], receipt: null });
  expect(again.plan.refusals.map(({ code }) => code)).toEqual(['COOL_DOWN']);
  expect((await restart('panda/caddy', groundOf({ force: true }))).outcome).toBe('done');
  expect((await stat(join(stateFolder, 'attempts.json'))).mode & 0o777).toBe(0o600);
});

test('an attempt that failed counts too', async () => {
  bench.lab.world.fail('exec:panda:/bin/launchctl', 'hang');
  const seen = await untilDone(
    prepareRestart(serviceOf('panda/caddy'), emptyNetworkState, groundOf()),
  );
  expect(seen.planned.plan.refusals.map(({ code }) => code)).toEqual(['NOT_SEEN']);
  bench.lab.world.mend('exec:panda:/bin/launchctl');
  const ground = groundOf();
  const prepared = await untilDone(
    prepareRestart(serviceOf('panda/caddy'), emptyNetworkState, ground),
  );
  bench.lab.world.fail('exec:panda:/bin/launchctl', 'hang');
  const failed = await untilDone(carryOut(prepared, ground));
  expect(failed).toMatchObject({ outcome: 'failed', steps: [{ state: 'failed' }] });
  bench.lab.world.mend('exec:panda:/bin/launchctl');
  expect((await restart('panda/caddy')).plan.refusals.map(({ code }) => code)).toEqual([
    'COOL_DOWN',
  ]);
});

test('a unit that somebody else acts on is left to them, by name', async () => {
  const unit = { host: 'panda', manager: 'launchd', unit: 'com.joel.caddy' };
  const holder = { actor: 'an agent', action: 'restart', pid: 4242, at: '2026-02-18T09:00:00Z' };
  const lock = await takeUnit(stateFolder, unit, holder);
  const { outcome, plan } = await restart('panda/caddy');
  expect(outcome).toBe('refused');
  expect(plan.refusals).toMatchObject([
    { code: 'LOCKED', message: expect.stringMatching(/^an agent is at it \(restart, pid 4242\)/) },
  ]);
  if ('release' in lock) lock.release();
  expect((await restart('panda/caddy')).outcome).toBe('done');
});

test('of two that planned at one moment only one acts, forced or not', async () => {
  const ground = groundOf({ force: true });
  const service = serviceOf('panda/caddy');
  const prepare = () => untilDone(prepareRestart(service, emptyNetworkState, ground));
  const [first, second] = [await prepare(), await prepare()];
  expect((await untilDone(carryOut(first, ground))).outcome).toBe('done');
  const late = await untilDone(carryOut(second, ground));
  expect(late).toMatchObject({ outcome: 'refused', steps: [] });
  expect(late.plan.refusals[0]?.message).toBe(
    'somebody else has tried it since this plan was made',
  );
});

test('each attempt is a line of the journal: who, what, where, how it ended', async () => {
  await restart('panda/caddy');
  const text = await readFile(join(stateFolder, journalName), 'utf8');
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    {
      ...{ actor: 'joel@panda', action: 'restart', service: 'panda/caddy', outcome: 'done' },
      steps: [{ command: '/bin/launchctl kickstart -k gui/501/com.joel.caddy', exitCode: 0 }],
      ...{ before: { starts: 1 }, after: { starts: 2 } },
    },
  ]);
});

test('a plan only reads: no program that changes a unit, no request but a question', async () => {
  const { transports } = bench.lab;
  const asked: string[] = [];
  const refuse = (what: string): never => {
    throw new Error(`a plan must not: ${what}`);
  };
  const reading: Transports = {
    ...transports,
    exec: (request, options) => {
      asked.push(request.argv.join(' '));
      const changes = /\b(?:kickstart|bootout|bootstrap|enable|disable|kill|restart|start|stop)\b/;
      return changes.test(request.argv.join(' '))
        ? refuse(request.argv.join(' '))
        : transports.exec(request, options);
    },
    http: (request, options) =>
      request.method === 'PUT' || request.body?.includes('mutation')
        ? refuse(`${request.method} ${request.url}`)
        : transports.http(request, options),
    rolloutRestart: () => refuse('rollout'),
  };
  for (const { id } of bench.network.inventory.services) {
    await untilDone(prepareRestart(serviceOf(id), emptyNetworkState, groundOf({}, reading)));
  }
  expect(asked.some((line) => line.includes('launchctl print'))).toBe(true);
});
