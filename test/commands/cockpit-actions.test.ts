import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createActions } from '../../src/commands/acting/cockpit-actions.ts';
import type { Context } from '../../src/commands/context.ts';
import { emptyNetworkState, type NetworkState } from '../../src/model/health.ts';
import type { ActionView } from '../../src/tui/action-view.ts';
import { check } from '../../src/watch/sample.ts';
import { benchOf } from '../lab/sample.ts';
import { actGroundOf, untilDone } from '../support/acting-ground.ts';

let stateFolder: string;
beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'joelclaw-hands-'));
});
afterEach(() => rm(stateFolder, { recursive: true, force: true }));

async function handsOf() {
  const { network, lab, clock } = benchOf('healthy');
  const { open, signal } = actGroundOf({ network, transports: lab.transports, stateFolder });
  const asked = check(network, lab.transports, { previous: emptyNetworkState, signal });
  const state: NetworkState = await clock.until(asked);
  const context = {
    ...{ env: {}, options: { readOnly: false } },
    warn: (line: string) => {
      throw new Error(line);
    },
  } as unknown as Context;
  const actions = createActions({ context, open: () => open, state: () => state, poll: () => {} });
  const views: (ActionView | null)[] = [];
  actions.showIn({ show: (view) => void views.push(view) });
  return { actions, views, done: () => untilDone(clock, actions.idle()) };
}

test('what has ended is shown again after something else was asked', async () => {
  const { actions, views, done } = await handsOf();
  expect(await actions.take({ type: 'receipt' })).toMatch(/^no action has ended here yet/);
  void actions.take({ type: 'restart', ids: ['panda/caddy'] });
  await done();
  void actions.take({ type: 'agree', force: false });
  await done();
  const receipt = views.at(-1);
  expect(receipt).toMatchObject({ title: 'restart panda/caddy', phase: 'done' });
  void actions.take({ type: 'offer', of: 'services', ids: ['panda/worker'] });
  await done();
  expect(views.at(-1)).toMatchObject({ phase: 'choosing' });
  void actions.take({ type: 'close-action' });
  void actions.take({ type: 'receipt' });
  expect(views.at(-1)).toEqual(receipt);
});

test('a verb is planned by its name, and one that is not there is told', async () => {
  const { actions, views, done } = await handsOf();
  const ids = ['panda/caddy'];
  expect(actions.offersOf('services', ids).choices.map(({ name }) => name)).toContain('stop');
  void actions.take({ type: 'act', of: 'services', ids, name: 'stop' });
  await done();
  expect(views.at(-1)).toMatchObject({ title: 'stop panda/caddy', phase: 'asking' });
  expect(await actions.take({ type: 'act', of: 'services', ids, name: 'reload' })).toBe(
    'reload: it is not offered any more',
  );
  expect(actions.offersOf('services', ['panda/colima'])).toMatchObject({
    choices: [],
    why: expect.stringContaining('its manager is `none`'),
  });
});

test('while it goes on the screen says what step it is at, and what waits for it', async () => {
  const { actions, views, done } = await handsOf();
  void actions.take({ type: 'restart', ids: ['panda/caddy'] });
  await done();
  void actions.take({ type: 'agree', force: false });
  await done();
  const acting = views.flatMap((view) => (view?.phase === 'acting' ? [view.lines] : []));
  expect(acting[0]).toEqual(['panda/caddy', '  … looked at again, now that it was agreed to']);
  expect(acting[1]).toEqual([
    'panda/caddy',
    expect.stringMatching(
      /^ {2}… restart: \/bin\/launchctl kickstart -k gui\/501\/com\.joel\.caddy$/,
    ),
    '  · then the proof',
  ]);
  expect(acting[2]).toEqual(['panda/caddy', expect.stringMatching(/^ {2}✓ /)]);
  expect(acting[3]?.at(-1)).toMatch(/^ {2}· /);
  const steps = views.flatMap((view) => (view?.phase === 'acting' ? [view.steps?.at(-1)] : []));
  const command = '/bin/launchctl kickstart -k gui/501/com.joel.caddy';
  const proof = { what: 'the proof', command: '', note: '' };
  expect(steps[1]).toEqual({
    ...{ at: 1, count: 2 },
    steps: [
      { what: 'restart', command, state: 'running', note: '' },
      { ...proof, state: 'waiting' },
    ],
  });
  expect(steps[3]?.steps).toMatchObject([
    { what: 'restart', command, state: 'done', note: expect.stringMatching(/^\d+ ms$/) },
    { what: 'the proof', state: 'running' },
  ]);
  const asked = views.find((view) => view?.phase === 'asking');
  expect(asked?.steps).toMatchObject([{ count: 1, steps: [{ command, state: 'waiting' }] }]);
  expect(asked?.lines[asked.steps?.[0]?.at ?? 0]).toContain(command);
});
