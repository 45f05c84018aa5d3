import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Wish } from '../../src/actions/plan-refusals.ts';
import { journalName, wholeEntries } from '../../src/commands/acting/action-journal.ts';
import { carryOut } from '../../src/commands/acting/carry-out.ts';
import { prepareAgain } from '../../src/commands/acting/prepare-again.ts';
import { prepareDeed } from '../../src/commands/acting/prepare-deed.ts';
import { prepareRunDeed } from '../../src/commands/acting/prepare-run-deed.ts';
import { type ActGround, type Prepared, unitOf } from '../../src/commands/acting/prepared.ts';
import { lastTouched, stampAttempt, takeUnit } from '../../src/commands/acting/unit-state.ts';
import { emptyNetworkState } from '../../src/model/health.ts';
import type { Service } from '../../src/model/inventory.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Acted } from '../../src/model/plan.ts';
import type { RunVerb } from '../../src/model/verb.ts';
import { unitVerbs } from '../../src/model/verb.ts';
import type { Transports } from '../../src/transports/contract.ts';
import { type Bench, benchOf } from '../lab/sample.ts';
import { actGroundOf, untilDone as inTime } from '../support/acting-ground.ts';
import { wished } from '../support/wishes.ts';

let bench: Bench;
let stateFolder: string;
beforeEach(async () => {
  bench = benchOf('healthy');
  stateFolder = await mkdtemp(join(tmpdir(), 'joelclaw-acting-'));
});
afterEach(() => rm(stateFolder, { recursive: true, force: true }));

const groundOf = (more: Partial<ActGround> = {}, transports = bench.lab.transports): ActGround => ({
  ...actGroundOf({ network: bench.network, transports, stateFolder }),
  ...more,
});

const serviceOf = (id: string): Service =>
  bench.network.inventory.services.find((one) => one.id === id) as Service;

async function restart(id: string, ground = groundOf()): Promise<Acted> {
  const work = async (): Promise<Acted> =>
    carryOut(await prepareDeed(wished(serviceOf(id)), emptyNetworkState, ground), ground);
  return untilDone(work());
}

const untilDone = <T>(work: Promise<T>): Promise<T> => inTime(bench.clock, work);

test('a restart is verified for its minimum runtime, with its functions by name', async () => {
  const { outcome, receipt } = await restart('panda/worker');
  expect(outcome).toBe('done');
  expect(receipt).toMatchObject({
    ...{ verified: true, isNew: true, wantedSamples: 2 },
    before: { pid: 1083, starts: 1 },
    after: { pid: 1090, starts: 2 },
    functions: [
      { app: 'system-bus', before: 14, after: 14, missing: [], asked: false, trouble: null },
    ],
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
  const folder = join(stateFolder, 'locks');
  for (const name of await readdir(folder)) {
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  }
});

test('an attempt that failed counts too', async () => {
  bench.lab.world.fail('exec:panda:/bin/launchctl', 'hang');
  const seen = await untilDone(
    prepareDeed(wished(serviceOf('panda/caddy')), emptyNetworkState, groundOf()),
  );
  expect(seen.plan.refusals.map(({ code }) => code)).toEqual(['NOT_SEEN']);
  bench.lab.world.mend('exec:panda:/bin/launchctl');
  const ground = groundOf();
  const prepared = await untilDone(
    prepareDeed(wished(serviceOf('panda/caddy')), emptyNetworkState, ground),
  );
  bench.lab.world.fail('exec:panda:/bin/launchctl', 'hang');
  const failed = await untilDone(carryOut(prepared, ground));
  expect(failed).toMatchObject({
    ...{ outcome: 'failed', steps: [{ state: 'failed' }] },
    receipt: { verified: false, before: { pid: expect.any(Number) }, after: {} },
  });
  bench.lab.world.mend('exec:panda:/bin/launchctl');
  expect((await restart('panda/caddy')).plan.refusals.map(({ code }) => code)).toEqual([
    'COOL_DOWN',
  ]);
});

test('a cool-down that cannot be kept refuses, unless it is forced', async () => {
  const folder = join(stateFolder, 'locks');
  const unit = { host: 'panda', manager: 'launchd', unit: 'com.joel.caddy' };
  (await takeUnit(stateFolder, unit))?.release();
  const [lock = ''] = await readdir(folder);
  // Nothing can take the name of a folder.
  await mkdir(join(folder, lock.replace(/\.lock$/, '.json')));
  const told: string[] = [];
  const warn = (line: string): void => void told.push(line);
  const refused = await restart('panda/caddy', groundOf({ warn }));
  expect(told[0]).toMatch(/^when the unit was last tried cannot be read/);
  expect(refused).toMatchObject({ outcome: 'refused', steps: [] });
  expect(refused.plan.refusals).toMatchObject([{ code: 'NO_LOCK', canForce: true }]);
  const forced = await restart('panda/caddy', groundOf({ force: true, warn }));
  expect(forced.outcome).toBe('done');
});

test('an attempt of which the record is damaged counts from when that was written', async () => {
  await restart('panda/caddy');
  const folder = join(stateFolder, 'locks');
  const stamp = (await readdir(folder)).find((name) => name.endsWith('.json')) ?? '';
  await writeFile(join(folder, stamp), '{broken');
  const told: string[] = [];
  const unit = { host: 'panda', manager: 'launchd', unit: 'com.joel.caddy' };
  const touched = await lastTouched(stateFolder, unit, { warn: (line) => void told.push(line) });
  expect(touched.atMs).toBe(touched.startedMs);
  expect(Math.abs((touched.atMs ?? 0) - (await stat(join(folder, stamp))).mtimeMs)).toBeLessThan(1);
  expect(told).toEqual([expect.stringMatching(/cannot be read: taken to be/)]);
});

test('a unit that somebody else acts on is left to them, by name', async () => {
  const unit = { host: 'panda', manager: 'launchd', unit: 'com.joel.caddy' };
  const holder = { actor: 'an agent', action: 'restart', pid: 4242, at: '2026-02-18T09:00:00Z' };
  const lock = await takeUnit(stateFolder, unit);
  if (lock === null) throw new Error('nobody else is there');
  await stampAttempt(stateFolder, { unit, holder }, groundOf());
  const { outcome, plan } = await restart('panda/caddy');
  expect(outcome).toBe('refused');
  expect(plan.refusals).toMatchObject([
    { code: 'LOCKED', message: expect.stringMatching(/^an agent is at it \(restart, pid 4242\)/) },
  ]);
  lock.release();
  expect((await restart('panda/caddy', groundOf({ force: true }))).outcome).toBe('done');
});

test('of two that planned at one moment only one acts, forced or not', async () => {
  const ground = groundOf({ force: true });
  const service = serviceOf('panda/caddy');
  const prepare = () => untilDone(prepareDeed(wished(service), emptyNetworkState, ground));
  const [first, second] = [await prepare(), await prepare()];
  expect((await untilDone(carryOut(first, ground))).outcome).toBe('done');
  const late = await untilDone(carryOut(second, ground));
  expect(late).toMatchObject({ outcome: 'refused', steps: [] });
  expect(late.plan.refusals[0]?.message).toBe(
    'somebody else has acted on it since this plan was made',
  );
});

async function journal(): Promise<readonly JsonObject[]> {
  const text = await readFile(join(stateFolder, journalName), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

test('each attempt is a line of the journal: who, what, where, how it ended', async () => {
  await restart('panda/caddy');
  const lines = await journal();
  expect(lines).toHaveLength(2);
  expect(wholeEntries(lines.slice(0, 1))).toMatchObject([
    {
      ...{ action: 'restart', service: 'panda/caddy', outcome: 'begun', durationMs: null },
      steps: [{ command: '/bin/launchctl kickstart -k gui/501/com.joel.caddy', state: 'begun' }],
    },
  ]);
  expect(wholeEntries(lines)).toMatchObject([
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
  /** A check makes a fault of what is thrown: what was done is kept instead. */
  const done: string[] = [];
  const reading: Transports = {
    ...transports,
    exec: (request, options) => {
      const line = request.argv.join(' ');
      const changes = /\b(?:kickstart|bootout|bootstrap|enable|disable|kill|restart|start|stop)\b/;
      (changes.test(line) ? done : asked).push(line);
      return transports.exec(request, options);
    },
    http: (request, options) => {
      const asks = request.method !== 'PUT' && !request.body?.includes('mutation');
      if (!asks) done.push(`${request.method} ${request.url}`);
      return transports.http(request, options);
    },
    rolloutRestart: async ({ workload }) => {
      done.push(workload);
    },
    deletePod: async ({ pod }) => {
      done.push(pod);
    },
  };
  for (const { id } of bench.network.inventory.services) {
    for (const verb of unitVerbs) {
      const wanted = wished(serviceOf(id), verb);
      await untilDone(prepareDeed(wanted, emptyNetworkState, groundOf({}, reading)));
    }
  }
  expect(asked.some((line) => line.includes('launchctl print'))).toBe(true);
  expect(done).toEqual([]);
});

test('functions that cannot be counted after a restart do not verify it, and the reason is told', async () => {
  const { transports } = bench.lab;
  const ground = groundOf(
    {},
    {
      ...transports,
      http: async (request, options) => {
        if (request.method === 'PUT') return { ...notThere, status: 500 };
        const answer = await transports.http(request, options);
        const body = hasBegun
          ? answer.body.replaceAll('"connected":true', '"connected":false')
          : answer.body;
        return { ...answer, body };
      },
    },
  );
  const notThere = { headers: {}, body: '', truncated: false, latencyMs: 1 };
  let hasBegun = false;
  const { outcome, receipt } = await restart('panda/worker', {
    ...ground,
    onStep: () => {
      hasBegun = true;
    },
  });
  expect(outcome).toBe('failed');
  expect(receipt).toMatchObject({
    verified: false,
    functions: [{ app: 'system-bus', before: 14, after: null, asked: true }],
    note: expect.stringMatching(
      /^the functions of system-bus could not be counted; registering failed: PUT http\S+ was answered with 500$/,
    ),
  });
});

test('a plan that has become another since it was shown is not carried out', async () => {
  const ground = groundOf({ force: true });
  const shown = await untilDone(
    prepareDeed(wished(serviceOf('panda/worker')), emptyNetworkState, ground),
  );
  const same = await untilDone(prepareAgain(shown, ground));
  expect(same).toMatchObject({ plan: shown.plan });
  const { plan } = shown;
  const other = { ...shown, plan: { ...plan, commands: ['true'] } };
  expect(await untilDone(prepareAgain(other, ground))).toMatchObject({
    ...{ code: 'CHANGED', canForce: false },
    message: `it has become another plan since: ${plan.commands.join('; ')}`,
  });
});

test('what has come to speak against it since is not overridden by a yes to something else', async () => {
  const ground = groundOf({ force: true });
  const caddy = serviceOf('panda/caddy');
  const shown = await untilDone(prepareDeed(wished(caddy), emptyNetworkState, ground));
  await restart('panda/caddy');
  expect(await untilDone(prepareAgain(shown, ground))).toMatchObject({
    code: 'CHANGED',
    message: expect.stringMatching(/cool-down/),
  });
});

test('a stop is no attempt to heal: it cools nothing down, and what is stopped is started', async () => {
  const ground = groundOf();
  const act = (verb: Wish['verb']): Promise<Acted> =>
    untilDone(
      prepareDeed(wished(serviceOf('panda/worker'), verb), emptyNetworkState, ground).then((one) =>
        carryOut(one, ground),
      ),
    );
  const unit = { host: 'panda', manager: 'launchd', unit: 'com.joel.system-bus-worker' };
  const touched = () => lastTouched(stateFolder, unit, ground);
  const stopped = await act('stop');
  expect((await touched()).startedMs).toBeNull();
  expect(stopped).toMatchObject({
    outcome: 'done',
    receipt: { verified: true, after: { state: 'down', pid: null }, functions: [] },
  });
  expect(await act('stop')).toMatchObject({ outcome: 'done', steps: [], receipt: null });
  expect(await act('start')).toMatchObject({
    outcome: 'done',
    receipt: { isNew: true, functions: [{ app: 'system-bus', after: 14 }] },
  });
  const { startedMs } = await touched();
  expect(startedMs).not.toBeNull();
  expect((await act('stop')).outcome).toBe('done');
  expect(await touched()).toEqual({ atMs: expect.any(Number), startedMs });
  expect((await touched()).atMs).toBeGreaterThan(startedMs ?? 0);
});

test('a pod is deleted, and proved by the one that takes its place', async () => {
  const ground = groundOf();
  const wanted = wished(serviceOf('panda/qdrant'), 'delete-pod', 'qdrant-0');
  const prepared = await untilDone(prepareDeed(wanted, emptyNetworkState, ground));
  const { outcome, receipt } = await untilDone(carryOut(prepared, ground));
  expect({ outcome, isNew: receipt?.isNew }).toEqual({ outcome: 'done', isNew: true });
  // The one that was meant is gone: to carry out its plan once more deletes no other.
  const late = await untilDone(
    carryOut({ ...prepared, touched: await touchedNow(prepared) }, groundOf()),
  );
  expect(late).toMatchObject({
    outcome: 'failed',
    steps: [{ state: 'failed', said: expect.stringContaining('does not match the UID') }],
  });
});

/** As if nobody had acted since. */
async function touchedNow({ plan }: Prepared): Promise<Prepared['touched']> {
  return lastTouched(stateFolder, unitOf(plan), groundOf());
}

test('what is disabled is looked for at launchd, which ends with 0 whatever it did', async () => {
  const ground = groundOf();
  const deaf: Transports = {
    ...bench.lab.transports,
    exec: async (request, options) =>
      request.argv[1] === 'disable'
        ? { exitCode: 0, signal: null, stdout: '', stderr: '', truncated: false }
        : bench.lab.transports.exec(request, options),
  };
  const disable = async (over: ActGround): Promise<Acted> =>
    untilDone(
      prepareDeed(wished(serviceOf('panda/caddy'), 'disable'), emptyNetworkState, over).then(
        (one) => carryOut(one, over),
      ),
    );
  expect(await disable(groundOf({}, deaf))).toMatchObject({
    ...{ outcome: 'failed', steps: [{ state: 'done' }], receipt: { verified: false } },
  });
  expect(await disable(ground)).toMatchObject({ outcome: 'done', receipt: { verified: true } });
  expect(await disable(ground)).toMatchObject({
    ...{ outcome: 'done', plan: { needless: 'it is disabled already' } },
  });
});

test('a function is started by its event, its run is cancelled, and run again, each proved by its runs', async () => {
  const ground = groundOf();
  const act = (verb: RunVerb, object: string | null = null): Promise<Acted> =>
    untilDone(
      prepareRunDeed(
        { id: 'video-download', wish: { verb, object } },
        emptyNetworkState,
        ground,
      ).then((one) => carryOut(one, ground)),
    );
  expect(await act('cancel-run')).toMatchObject({
    ...{ outcome: 'done', plan: { needless: 'no run of it is in flight' } },
  });
  const sent = await act('send-event');
  expect(sent).toMatchObject({ outcome: 'done', receipt: { isNew: true, verified: true } });
  expect(sent.receipt?.after.revision).toMatch(/ RUNNING$/);
  const cancelled = await act('cancel-run');
  expect(cancelled).toMatchObject({ outcome: 'done', receipt: { verified: true } });
  expect(cancelled.receipt?.after.revision).toMatch(/ CANCELLED$/);
  const again = await act('rerun');
  expect(again.receipt?.after.revision).toMatch(/ RUNNING$/);
  expect(await act('register')).toMatchObject({ outcome: 'done' });
  expect(wholeEntries(await journal()).map(({ action }) => action)).toEqual([
    ...['send-event', 'cancel-run', 'rerun', 'register'],
  ]);
});

test('a function that there is none of is the user’s mistake, with the nearest', async () => {
  const wanted = { id: 'video-downlaod', wish: { verb: 'rerun', object: null } } as const;
  const prepared = untilDone(prepareRunDeed(wanted, emptyNetworkState, groundOf()));
  await expect(prepared).rejects.toMatchObject({ hint: 'did you mean video-download?' });
});

test('without a place for its lock nothing is done, and it says where', async () => {
  const file = join(stateFolder, 'file');
  await writeFile(file, '');
  const ground = groundOf({ warn: () => {} });
  const nowhere = { ...ground, open: { ...ground.open, stateFolder: file } };
  const { outcome, plan, steps } = await restart('panda/caddy', nowhere);
  expect({ outcome, steps }).toEqual({ outcome: 'refused', steps: [] });
  expect(plan.refusals).toMatchObject([
    { code: 'NO_LOCK', message: expect.stringContaining(file), canForce: false },
  ]);
});
