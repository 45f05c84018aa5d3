import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createActions } from '../../src/commands/acting/cockpit-actions.ts';
import type { Context } from '../../src/commands/context.ts';
import { explain } from '../../src/model/explain.ts';
import { emptyNetworkState, type NetworkState } from '../../src/model/health.ts';
import type { ActionView } from '../../src/tui/action-view.ts';
import { check } from '../../src/watch/sample.ts';
import { benchOf } from '../lab/sample.ts';
import { actGroundOf, untilDone } from '../support/acting-ground.ts';

let stateFolder: string;
beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'joelclaw-infra-hands-'));
});
afterEach(() => rm(stateFolder, { recursive: true, force: true }));

async function handsOf(options: object = {}) {
  const { network, lab, clock } = benchOf('config-drift');
  const { transports } = lab;
  const { open, signal } = actGroundOf({ network, transports, stateFolder });
  let state: NetworkState = emptyNetworkState;
  const look = async (): Promise<void> => {
    state = await untilDone(clock, check(network, transports, { previous: state, signal }));
  };
  await look();
  const context = {
    ...{ env: {}, signal },
    options: { readOnly: false, timeoutMs: 5000, noRestart: false, words: [], ...options },
    warn: (line: string) => {
      throw new Error(line);
    },
  } as unknown as Context;
  let polls = 0;
  const actions = createActions({
    ...{ context, open: () => open, state: () => state },
    poll: () => void polls++,
  });
  const views: (ActionView | null)[] = [];
  actions.showIn({ show: (view) => void views.push(view) });
  const done = () => untilDone(clock, actions.idle());
  const verdicts = async () => {
    await look();
    const { items } = explain(network, state, clock.now()).drift;
    return Object.fromEntries(items.map(({ id, verdict }) => [id, verdict]));
  };
  const doing = async (name: string, ...ids: readonly string[]) => {
    if (name === 'apply') void actions.take({ type: 'apply', ids });
    else void actions.take({ type: 'act', of: 'files', ids, name });
    await done();
    return views.at(-1);
  };
  const agree = async () => {
    void actions.take({ type: 'agree', force: false });
    await done();
    return views.at(-1);
  };
  const write = (path: string, text: string, was: string | null) =>
    untilDone(
      clock,
      transports.writeFile(
        { on: network.inventory.hosts[0] ?? null, path, text, mode: '0755', was },
        { timeoutMs: 1000, signal },
      ),
    );
  return { actions, views, doing, agree, verdicts, write, clock, polls: () => polls };
}

const kickstart = '/bin/launchctl kickstart -k gui/501/com.joel.system-bus-worker';

describe('infra in the cockpit', () => {
  test('a plan is asked about by its name, then carried out and looked at', async () => {
    const { views, doing, agree, verdicts, polls } = await handsOf();
    expect(await doing('apply', 'file/start.sh')).toEqual({
      title: 'apply file/start.sh',
      phase: 'asking',
      may: 'act',
      wantsName: 'start.sh',
      lines: [
        'panda/worker: written, told once, and proved',
        '  create    file/start.sh  +4 −0  not there',
        '  then      restart panda/worker: launchd com.joel.system-bus-worker on panda',
        '  risk      disruptive, a critical service',
        `  runs      ${kickstart}`,
        '  in flight 0 running, 0 queued of system-bus',
        '  reaches   nothing that depends on it',
      ],
      steps: [
        {
          ...{ at: 4, count: 1 },
          steps: [{ what: 'restart', command: kickstart, state: 'waiting', note: '' }],
        },
      ],
    });
    expect((await verdicts())['file/start.sh']).toBe('missing');
    expect(await agree()).toMatchObject({
      phase: 'done',
      lines: [
        expect.stringMatching(/^apply \S+: applied$/),
        '  ✓ file/start.sh: done, create',
        expect.stringMatching(/^ {2}✓ panda\/worker: done/),
      ],
    });
    const acting = views.flatMap((view) => (view?.phase === 'acting' ? [view.lines] : []));
    expect(acting).toContainEqual(['file/start.sh', '  ✓ create file/start.sh']);
    expect(acting.some((lines) => lines.at(-1)?.startsWith('  … restart: '))).toBe(true);
    expect(views.at(-1)?.steps).toMatchObject([
      {
        ...{ at: 1, count: 2 },
        steps: [
          { what: 'file/start.sh', state: 'done', note: 'create' },
          { what: 'panda/worker', state: 'done' },
        ],
      },
    ]);
    const going = views.flatMap((view) => (view?.phase === 'acting' ? (view.steps ?? []) : []));
    expect(going.some(({ steps: [first] }) => /… restart: /.test(first?.note ?? ''))).toBe(true);
    expect((await verdicts())['file/start.sh']).toBe('in-sync');
    expect(polls()).toBe(1);
  });

  test('of all of them what hands have made is left, and what waits is told', async () => {
    const { views, doing, agree, verdicts } = await handsOf();
    const asked = await doing('apply');
    expect(asked?.title).toBe('apply all managed files');
    expect(asked?.lines).toContainEqual(
      expect.stringMatching(/^ {2}left {6}caddyfile\/Caddyfile: unmanaged/),
    );
    expect(asked?.lines).toContain('  note      x overwrites what hands have made, or adopts it');
    await agree();
    expect((await verdicts())['caddyfile/Caddyfile']).toBe('unmanaged');
    const over = await doing('overwrite', 'caddyfile/Caddyfile', 'launchd/com.joel.caddy');
    expect(over).toMatchObject({ wantsName: 'Caddyfile', may: 'act' });
    expect(over?.lines).toContain(
      '  then      it is loaded without a pause: POST http://localhost:2019/load, restarted where it gives no answer',
    );
    expect(await agree()).toMatchObject({ phase: 'done' });
    expect((await verdicts())['caddyfile/Caddyfile']).toBe('in-sync');
    expect(views.at(-1)?.lines[0]).toMatch(/^apply \S+: applied$/);
  });

  test('with --no-restart nothing is said to be started anew', async () => {
    const { doing } = await handsOf({ noRestart: true });
    const asked = await doing('apply', 'file/start.sh');
    expect(asked?.lines).toContain('  then      it is not started anew: --no-restart');
    expect(asked?.steps).toBeUndefined();
  });

  test('what became another one since it was shown is not written', async () => {
    const { doing, agree, verdicts, write } = await handsOf();
    await doing('apply', 'file/start.sh');
    await write('~/.local/bin/worker-start', 'meanwhile\n', null);
    expect(await agree()).toMatchObject({
      phase: 'refused',
      lines: [expect.stringMatching(/^file\/start\.sh: /), '→ nothing was done: a plans it anew'],
    });
    expect((await verdicts())['file/start.sh']).toBe('unmanaged');
  });

  test('the last apply is taken back, and what stands there is adopted', async () => {
    const { doing, agree, verdicts } = await handsOf();
    expect(await doing('rollback', 'file/start.sh')).toMatchObject({
      phase: 'refused',
      lines: ['there is no apply to take back', expect.stringMatching(/^→ /)],
    });
    await doing('apply', 'file/start.sh');
    await agree();
    expect(await doing('rollback', 'file/start.sh')).toMatchObject({
      title: expect.stringMatching(/^rollback 2026/),
      phase: 'asking',
      wantsName: 'joelclaw-lab',
      lines: expect.arrayContaining([expect.stringContaining('delete')]),
    });
    expect(await agree()).toMatchObject({ phase: 'done' });
    expect((await verdicts())['file/start.sh']).toBe('missing');
    expect(await doing('adopt', 'caddyfile/Caddyfile')).toMatchObject({
      phase: 'asking',
      lines: ['would be: infra/caddy/Caddyfile is what stands on panda'],
    });
    expect((await verdicts())['caddyfile/Caddyfile']).toBe('unmanaged');
    expect(await agree()).toMatchObject({ phase: 'done' });
    expect((await verdicts())['caddyfile/Caddyfile']).toBe('in-sync');
  });

  test('says what cannot be done, and why', async () => {
    const { actions, doing } = await handsOf();
    const choices = (...ids: readonly string[]) =>
      Object.fromEntries(
        actions.offersOf('files', ids).choices.map(({ name, why }) => [name, why]),
      );
    expect(choices('launchd/com.joel.caddy')).toEqual({
      apply: null,
      overwrite: 'no hands have changed it',
      adopt: 'it stands as the repo says already',
      rollback: null,
    });
    expect(choices('caddyfile/Caddyfile', 'file/start.sh')).toMatchObject({
      overwrite: null,
      adopt: 'one at a time',
    });
    expect(choices('caddyfile/Caddyfile')['apply']).toBe(
      'what hands have made is left: overwrite writes it',
    );
    expect(choices('caddyfile/Caddyfile', 'file/start.sh')['apply']).toBeNull();
    expect(choices('env/worker.env')['apply']).toBeNull();
    expect(choices('k8s/redis')).toMatchObject({
      apply: 'what hands have made is left: overwrite writes it',
      overwrite: null,
      adopt: 'what stands in a cluster is no file: mend its manifest',
    });
    const object = await doing('apply', 'k8s/redis');
    expect(object).toMatchObject({
      may: null,
      lines: [
        expect.stringMatching(/^ {2}left {6}k8s\/redis: drift, .*differs, by kubectl-edit/),
        '  note      x overwrites what hands have made',
        '  nothing   is to be done',
      ],
    });
    const none = await doing('apply', 'launchd/com.joel.caddy');
    expect(none).toMatchObject({ may: null, lines: ['  nothing   is to be done'] });
    const { actions: readOnly } = await handsOf({ readOnly: true });
    expect(await readOnly.take({ type: 'apply', ids: [] })).toBe(
      'this is --read-only: no action runs',
    );
  });
});
