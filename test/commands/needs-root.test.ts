import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { carryOut } from '../../src/commands/acting/carry-out.ts';
import { askRightsOf, menuOf } from '../../src/commands/acting/cockpit-menu.ts';
import { prepareDeed } from '../../src/commands/acting/prepare-deed.ts';
import { type ActGround, unitOf } from '../../src/commands/acting/prepared.ts';
import { lastTouched } from '../../src/commands/acting/unit-state.ts';
import { parseInventory } from '../../src/inventory/parse-inventory.ts';
import { bind } from '../../src/kinds/bind.ts';
import { createLab } from '../../src/lab/index.ts';
import { createVirtualClock } from '../../src/lab/virtual-clock.ts';
import { emptyNetworkState } from '../../src/model/health.ts';
import type { Acted } from '../../src/model/plan.ts';
import type { ExecOutput, Transports } from '../../src/transports/contract.ts';
import { check } from '../../src/watch/sample.ts';
import { startMs } from '../lab/sample.ts';
import { actGroundOf, untilDone } from '../support/acting-ground.ts';
import { wished } from '../support/wishes.ts';

const text = `version: 1
name: n
hosts:
  - {name: clanker-001, access: ssh, ssh: {host: clanker-001}}
services:
  - {name: sip-bridge, host: clanker-001, port: 5060, manager: {kind: systemd, unit: livekit-sip}}
`;
const parsed = parseInventory({ file: 'n.yaml', text, env: {} });
if (!parsed.ok) throw new Error('the inventory is not valid');
const network = bind(parsed.inventory);
const [service] = parsed.inventory.services;
if (!service) throw new Error('no service');

const clock = createVirtualClock(startMs);
const { transports } = createLab('healthy', { clock });
const { signal } = new AbortController();

let stateFolder: string;
beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'joelclaw-root-'));
});
afterEach(() => rm(stateFolder, { recursive: true, force: true }));

/** A host whose programs end as they are said to; what was started there is kept. */
function hostWhere(ends: (line: string) => Partial<ExecOutput> | null) {
  const started: string[] = [];
  const other: Transports = {
    ...transports,
    exec: async (request, options) => {
      const line = request.argv.join(' ');
      if (request.argv[0] === 'systemctl') started.push(line);
      const end = ends(line);
      const none = { exitCode: 0, signal: null, stdout: '', stderr: '', truncated: false };
      return end === null ? transports.exec(request, options) : { ...none, ...end };
    },
  };
  const ground = actGroundOf({ network, transports: other, stateFolder });
  return { ground, started };
}

async function restart(ground: ActGround): Promise<Acted> {
  const prepared = prepareDeed(
    wished(service as NonNullable<typeof service>),
    emptyNetworkState,
    ground,
  );
  return untilDone(
    clock,
    prepared.then((one) => carryOut(one, ground)),
  );
}

const isAboutPolkit = (line: string): boolean => line.includes('pkcheck');

test('what only root may do is refused before it is tried, and cools nothing down', async () => {
  const { ground, started } = hostWhere((line) => (isAboutPolkit(line) ? { exitCode: 1 } : null));
  const { outcome, plan, steps } = await restart(ground);
  expect({ outcome, steps, started }).toEqual({ outcome: 'refused', steps: [], started: [] });
  expect(plan.refusals).toMatchObject([
    { code: 'NEEDS_ROOT', hint: expect.stringMatching(/^ssh -t .*'sudo systemctl restart /) },
  ]);
  expect(await lastTouched(stateFolder, unitOf(plan), ground)).toMatchObject({ atMs: null });
});

test('the menu says so too, with the command', async () => {
  const { ground } = hostWhere((line) => (isAboutPolkit(line) ? { exitCode: 1 } : null));
  const asked = check(network, transports, { previous: emptyNetworkState, signal });
  const state = await untilDone(clock, asked);
  const chosen = { of: 'services', ids: ['clanker-001/sip-bridge'] } as const;
  const rights = await untilDone(clock, askRightsOf(chosen, ground.open, signal));
  const { items } = menuOf(chosen, ground.open, { state, rights });
  expect(items.find(({ name }) => name === 'stop')?.why).toMatch(
    /^needs root, .*: ssh -t .*'sudo systemctl stop livekit-sip.service'$/,
  );
});

test('what was only denied was no attempt: it may be tried at once, by root or another', async () => {
  const denies = { exitCode: 4, stderr: 'Interactive authentication required.' };
  const denying = hostWhere((line) => (line.includes('--no-ask-password') ? denies : null));
  const { outcome, steps, plan } = await restart(denying.ground);
  expect({ outcome, steps }).toMatchObject({
    outcome: 'failed',
    steps: [{ denied: true, hint: expect.stringMatching(/^it needs root: ssh -t /) }],
  });
  expect(plan.warnings.join()).toMatch(/^polkit decides whether uid 501 may/);
  expect((await restart(hostWhere(() => null).ground)).outcome).toBe('done');
});
