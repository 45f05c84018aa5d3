import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ActGround } from '../../../src/commands/acting/prepared.ts';
import type { ApplyGround } from '../../../src/commands/infra/apply-ground.ts';
import { memoryStore } from '../../../src/commands/infra/apply-store.ts';
import { carryOutPlan } from '../../../src/commands/infra/carry-out-plan.ts';
import { takeInfra } from '../../../src/commands/infra/infra-lock.ts';
import { recordKeeper } from '../../../src/commands/infra/keep-record.ts';
import { makePlan } from '../../../src/commands/infra/make-plan.ts';
import { newApplyId } from '../../../src/commands/infra/open-infra.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { Transports } from '../../../src/transports/contract.ts';
import { type Bench, benchOf } from '../../lab/sample.ts';
import { actGroundOf, untilDone as inTime } from '../../support/acting-ground.ts';

let bench: Bench;
let stateFolder: string;
let store = memoryStore();
beforeEach(async () => {
  bench = benchOf('config-drift');
  store = memoryStore();
  stateFolder = await mkdtemp(join(tmpdir(), 'joelclaw-infra-'));
});
afterEach(() => rm(stateFolder, { recursive: true, force: true }));

const signal = new AbortController().signal;

const actGround = (transports: Transports = bench.lab.transports): ActGround =>
  actGroundOf({ network: bench.network, transports, stateFolder });

const untilDone = <T>(work: Promise<T>): Promise<T> => inTime(bench.clock, work);

const planned = (act: ActGround, overwriteDrift = true) =>
  makePlan({ open: act.open, store, timeoutMs: 5000, signal }, { overwriteDrift, prune: false });

async function apply(act = actGround(), more: Partial<ApplyGround> = {}) {
  const work = async () => {
    const plan = await planned(act);
    const ground: ApplyGround = {
      ...{ act, signal, store, record: recordKeeper(act.open, plan.kept), id: 'one', undoes: null },
      ...{ noRestart: false, own: null, tell: () => {}, ...more },
    };
    return carryOutPlan({ items: plan.items, report: plan.report }, ground);
  };
  const { outcome, steps } = await untilDone(work());
  return [outcome, ...steps.map(({ id, state }) => `${id} ${state}`)];
}

async function verdicts(): Promise<readonly string[]> {
  const { items } = await untilDone(planned(actGround(), false));
  return items
    .map(({ item }) => `${item.id} ${item.verdict}${item.reloadNeeded ? ' reload-needed' : ''}`)
    .filter((words) => !/ in-sync$/.test(words));
}

const changed = [
  'caddyfile/Caddyfile unmanaged reload-needed',
  'k8s/redis drift',
  'env/worker.env unmanaged',
  'file/start.sh missing',
];

test('the lab is brought to what its repo says, each service once and with its proof', async () => {
  expect(await verdicts()).toEqual(changed);
  expect(await apply()).toEqual([
    'done',
    'caddyfile/Caddyfile done',
    'panda/caddy done',
    'k8s/redis done',
    'panda/redis done',
    'env/worker.env done',
    'file/start.sh done',
    'panda/worker done',
  ]);
  expect(await verdicts()).toEqual(['env/worker.env pending']);
  expect(bench.lab.transports.counts().processes).toBeGreaterThan(0);
});

test('without restarts all is written, and what runs is known to be the old', async () => {
  expect(await apply(actGround(), { noRestart: true })).toEqual([
    'done',
    'caddyfile/Caddyfile done',
    'panda/caddy reload-needed',
    'k8s/redis done',
    'panda/redis done',
    'env/worker.env done',
    'file/start.sh done',
    'panda/worker reload-needed',
  ]);
  expect(await verdicts()).toEqual([
    'env/worker.env pending reload-needed',
    'file/start.sh in-sync reload-needed',
  ]);
});

test('the one that runs joelclaw is started anew last', async () => {
  const [, ...steps] = await apply(actGround(), { own: 'panda/caddy' });
  expect(steps.at(-1)).toBe('panda/caddy done');
});

/** The transports of the lab, of which launchctl fails when it is to start something anew. */
function failing(times: number): Transports {
  const { transports } = bench.lab;
  let left = times;
  return {
    ...transports,
    exec: async (request, options) => {
      if (!request.argv.includes('kickstart') || left-- <= 0)
        return transports.exec(request, options);
      return { exitCode: 5, signal: null, stdout: '', stderr: 'no\n', truncated: false };
    },
  };
}

test('a service that is not started anew has its files back, and runs with them', async () => {
  expect(await apply(actGround(failing(1)))).toEqual([
    'rolled-back',
    'caddyfile/Caddyfile done',
    'panda/caddy done',
    'k8s/redis done',
    'panda/redis done',
    'env/worker.env rolled-back',
    'file/start.sh rolled-back',
    'panda/worker failed',
  ]);
  expect(await verdicts()).toEqual(['env/worker.env unmanaged', 'file/start.sh missing']);
  const [log] = await store.list();
  expect([log?.outcome, log?.writes.map(({ restore }) => restore)]).toEqual([
    'rolled-back',
    ['none', 'none', 'done', 'done'],
  ]);
});

test('one that does not come up again either is told to need a person', async () => {
  expect((await apply(actGround(failing(9))))[0]).toBe('stuck');
});

test('what follows a service that failed is not done', async () => {
  expect(await apply(actGround(failing(1)), { own: 'panda/caddy' })).toEqual([
    'rolled-back',
    'k8s/redis done',
    'panda/redis done',
    'env/worker.env rolled-back',
    'file/start.sh rolled-back',
    'panda/worker failed',
    'caddyfile/Caddyfile not-run',
  ]);
});

test('a file that has become another one since it was looked at is not written', async () => {
  const { transports } = bench.lab;
  const stale: Transports = {
    ...transports,
    writeFile: async (request, options) => {
      if (request.path.includes('worker-start')) {
        await transports.writeFile({ ...request, text: 'by hand\n' }, options);
      }
      return transports.writeFile(request, options);
    },
  };
  const act = actGround(stale);
  const plan = await untilDone(planned(act));
  const record = recordKeeper(act.open, plan.kept);
  const ground = {
    act,
    signal,
    store,
    record,
    id: 'one',
    undoes: null,
    noRestart: false,
    own: null,
  };
  const applied = await untilDone(carryOutPlan(plan, { ...ground, tell: () => {} }));
  expect(applied).toMatchObject({ outcome: 'rolled-back', isStale: true });
  expect(await verdicts()).toContain('file/start.sh unmanaged');
});

test('a service that cannot be looked at has no file of its changed', async () => {
  bench.lab.world.fail('exec:panda:/bin/launchctl', faultOf('tool-missing', 'no launchctl'));
  expect(await apply()).toEqual([
    'failed',
    'caddyfile/Caddyfile done',
    'panda/caddy done',
    'k8s/redis done',
    'panda/redis done',
    'env/worker.env not-run',
    'file/start.sh not-run',
    'panda/worker failed',
  ]);
});

test('what has begun when it is interrupted is finished, and nothing more is begun', async () => {
  const ending = new AbortController();
  const tell = (): void => ending.abort('SIGINT');
  const done = await apply(actGround(), { signal: ending.signal, tell });
  expect(done).toEqual([
    'interrupted',
    'caddyfile/Caddyfile done',
    'panda/caddy done',
    'k8s/redis not-run',
    'env/worker.env not-run',
    'file/start.sh not-run',
  ]);
  expect(await verdicts()).toEqual([
    ...['k8s/redis drift', 'env/worker.env unmanaged', 'file/start.sh missing'],
  ]);
});

test('one at a time changes the files of a network, and who does is named', async () => {
  const lock = await takeInfra(actGround(), 'apply');
  await expect(takeInfra(actGround(), 'rollback')).rejects.toMatchObject({
    ...{ exitCode: 5, code: 'LOCKED' },
    message: expect.stringMatching(/^joel@panda is at it \(infra apply, pid \d+\)/),
  });
  lock.release();
  (await takeInfra(actGround(), 'apply')).release();
});

/** The transports of the lab, with each program that is run. */
function listening(): { readonly transports: Transports; readonly ran: string[] } {
  const { transports } = bench.lab;
  const ran: string[] = [];
  const exec: Transports['exec'] = (request, options) => {
    if (/launchctl|bootstrap/.test(request.argv.join(' '))) ran.push(request.argv[1] ?? '');
    return transports.exec(request, options);
  };
  return { transports: { ...transports, exec }, ran };
}

const plist = 'infra/launchd/com.joel.caddy.plist';

test('a job whose file was written is loaded anew, whatever launchd shows of it', async () => {
  const { transports } = bench.lab;
  const options = { timeoutMs: 5000, signal };
  const [seen] = await untilDone(transports.lookAtFiles(null, [plist], options));
  const text = seen?.text.replace(
    '</dict>\n</plist>',
    '<key>Nice</key><integer>1</integer></dict>\n</plist>',
  );
  const was = seen?.sha256 ?? null;
  if (!text || text === seen?.text) throw new Error('the plist has another shape');
  const request = { on: null, path: plist, text, mode: '0644', was };
  await untilDone(transports.writeFile(request, options));
  const heard = listening();
  const [outcome, ...steps] = await apply(actGround(heard.transports));
  expect([outcome, steps.slice(0, 3)]).toEqual([
    'done',
    ['launchd/com.joel.caddy done', 'caddyfile/Caddyfile done', 'panda/caddy done'],
  ]);
  expect(heard.ran.filter((verb) => /bootout|bootstrap|kickstart/.test(verb)).slice(0, 2)).toEqual([
    'bootout',
    'bootstrap',
  ]);
});

test('a job that is not loaded is loaded', async () => {
  const { transports, network } = { ...bench.lab, network: bench.network };
  const on = network.inventory.hosts.find(({ name }) => name === 'panda');
  if (!on) throw new Error('there is no panda');
  const argv = ['/bin/launchctl', 'bootout', 'gui/501/com.joel.caddy'] as const;
  await untilDone(transports.exec({ on, argv }, { timeoutMs: 5000, signal }));
  expect(await verdicts()).toContain('launchd/com.joel.caddy in-sync reload-needed');
  const [outcome, ...steps] = await apply(actGround(), {});
  expect([outcome, steps]).toEqual(['done', expect.arrayContaining(['panda/caddy done'])]);
  expect(await verdicts()).not.toContain('launchd/com.joel.caddy in-sync reload-needed');
});

test('applies are in the order in which they began, also within one second', async () => {
  const open = actGround().open;
  const ids: string[] = [];
  for (let index = 0; index < 20; index++) {
    ids.push(newApplyId(open));
    await bench.clock.advance(1);
  }
  expect(ids.toSorted()).toEqual(ids);
});

/** The transports of the lab until a program is asked for that ends whoever asks, as SIGKILL would. */
function dyingAt(word: string): Transports {
  const { transports } = bench.lab;
  return {
    ...transports,
    exec: (request, options) => {
      if (request.argv.includes(word)) throw new Error('killed');
      return transports.exec(request, options);
    },
  };
}

test('one that dies while a service is started anew is finished by the next: it starts it', async () => {
  await expect(apply(actGround(dyingAt('kickstart')))).rejects.toThrow('killed');
  const [log] = await store.list();
  expect(log).toMatchObject({ outcome: null, services: [{ service: 'panda/caddy' }, {}, {}] });
  const { items, unfinished } = await untilDone(planned(actGround(), false));
  expect(unfinished).toHaveLength(1);
  const worker = items.find(({ item }) => item.id === 'file/start.sh');
  expect(worker?.item).toMatchObject({ verdict: 'in-sync', reloadNeeded: true, action: 'reload' });
  const { transports, ran } = listening();
  expect(await apply(actGround(transports), { id: 'two' })).toEqual(
    expect.arrayContaining(['done', 'panda/worker done']),
  );
  expect(ran).toContain('kickstart');
});
