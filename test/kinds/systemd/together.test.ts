import { describe, expect, it } from 'vitest';
import { bind } from '../../../src/kinds/bind.ts';
import { createVirtualClock } from '../../../src/lab/virtual-clock.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import { emptyNetworkState, type NetworkState } from '../../../src/model/health.ts';
import type { ExecRequest, Transports } from '../../../src/transports/contract.ts';
import { createPoller } from '../../../src/watch/poller.ts';
import { check } from '../../../src/watch/sample.ts';
import { createWatchedStore } from '../../../src/watch/store.ts';
import { inventoryOf } from '../../inventory/read.ts';
import { said, strictTransports } from '../strict-transports.ts';
import { recorded } from './ask.ts';

const running = recorded('running');
const latencyMs = 30;

/** A service of each line `HOST NAME MORE`, by its unit; none but their units are asked. */
function networkOf(...lines: readonly string[]) {
  const services = lines.map((line) => {
    const [host, unit = '', manager = '', more = ''] = line.split(' | ');
    const name = unit.replace('@', '');
    return `  - {name: ${name}, host: ${host}, manager: {kind: systemd, unit: "${unit}"${manager}}${more}}`;
  });
  const network = bind(
    inventoryOf(`version: 1
name: test
hosts:
  - {name: here, access: local}
  - {name: nas, access: ssh, ssh: {host: nas.local}}
services:
${services.join('\n')}
`),
  );
  return { ...network, checks: network.checks.filter(({ kind }) => kind === 'systemd') };
}

interface Asked {
  readonly transports: Transports;
  /** `HOST PROGRAM UNIT…` of all that was run. */
  readonly programs: readonly string[];
  readonly clock: ReturnType<typeof createVirtualClock>;
}

/** As systemctl does: a block a unit, and an end with 1 at a name that it does not take. */
function showOf(units: readonly string[]) {
  const bad = units.findIndex((unit) => /@\.|^odd/.test(unit));
  const told = bad < 0 ? units : units.slice(0, bad);
  const stdout = told.map((unit) => running.replace(/^Id=.*$/m, `Id=${unit}`)).join('\n');
  const stderr = `Failed to get properties: Unit name ${units[bad]} is not valid.\n`;
  return bad < 0 ? said(stdout) : said(stdout, { exitCode: 1, stderr });
}

function asked(answer = ({ argv }: ExecRequest) => showOf(unitsIn(argv))): Asked {
  const clock = createVirtualClock(Date.UTC(2026, 1, 18, 9));
  const programs: string[] = [];
  const { transports } = strictTransports([]);
  const exec: Transports['exec'] = async (request, { signal }) => {
    const [program = ''] = request.argv.filter((word) => /^(systemctl|ss|loginctl)$/.test(word));
    const what = program === 'systemctl' ? unitsIn(request.argv) : [request.argv.at(-1)];
    programs.push([request.on.name, program, ...what].join(' '));
    await clock.sleep(latencyMs, signal);
    return program === 'ss' ? said(listening) : answer(request);
  };
  return { transports: { ...transports, clock, exec }, programs, clock };
}

const listening = `LISTEN 0 128 0.0.0.0:81 0.0.0.0:* users:(("nginx",pid=84,fd=3))
LISTEN 0 128 [::]:82 [::]:* users:(("node",pid=84,fd=3))
`;

function unitsIn(argv: readonly string[]): readonly string[] {
  return argv.slice(argv.indexOf('--') + 1);
}

async function sampled(network: ReturnType<typeof networkOf>, { transports, clock }: Asked) {
  const options = { previous: emptyNetworkState, signal: new AbortController().signal };
  return clock.until(check(network, transports, options));
}

const notesOf = ({ health }: NetworkState) =>
  Object.fromEntries(
    Object.entries(health).map(([id, { state, note }]) => [id, `${state}: ${note}`]),
  );

describe('units of one host', () => {
  it('are asked for by one process, each with a result of its own', async () => {
    const world = asked();
    const state = await sampled(
      networkOf('nas | a', 'nas | b', 'here | c', 'nas | d.timer'),
      world,
    );
    expect(world.programs.toSorted()).toEqual([
      'here systemctl c.service',
      'nas systemctl a.service b.service d.timer d.service',
    ]);
    expect(state.health['nas/b/systemd']?.measured?.facts['unit']).toBe('b.service');
    expect(state.health['nas/a/systemd']).toMatchObject({ state: 'up', latencyMs });
  });

  it('are the system’s and the user’s by one process each', async () => {
    const user = ', user: true';
    const world = asked();
    await sampled(networkOf('nas | a', `nas | b | ${user}`, 'nas | c', `nas | d | ${user}`), world);
    expect(world.programs.toSorted()).toEqual([
      'nas loginctl --property=Linger',
      'nas systemctl a.service c.service',
      'nas systemctl b.service d.service',
    ]);
  });

  it('of which systemctl takes one name not are asked for one by one', async () => {
    const world = asked();
    const state = await sampled(networkOf('nas | a', 'nas | odd', 'nas | b'), world);
    expect(notesOf(state)).toEqual({
      'nas/a/systemd': 'up: running',
      'nas/b/systemd': 'up: running',
      'nas/odd/systemd':
        'unknown: systemctl show ended with 1: Failed to get properties: Unit name odd.service is not valid.',
    });
    expect(world.programs).toHaveLength(4);
  });

  it('are asked for apart from a template, which has no state', async () => {
    const world = asked();
    const state = await sampled(networkOf('nas | a', 'nas | t@', 'nas | b'), world);
    expect(notesOf(state)['nas/a/systemd']).toBe('up: running');
    expect(notesOf(state)['nas/t/systemd']).toMatch(/^unknown: .*t@\.service is not valid/);
    expect(world.programs).toEqual([
      'nas systemctl a.service b.service',
      'nas systemctl t@.service',
    ]);
  });

  it('are never taken for one another where fewer are told of than were asked for', async () => {
    const world = asked(({ argv }) => showOf(unitsIn(argv).slice(0, 2)));
    const state = await sampled(networkOf('nas | a', 'nas | b', 'nas | c'), world);
    expect(Object.values(notesOf(state))).toEqual(Array(3).fill('up: running'));
    expect(world.programs).toHaveLength(4);
  });

  it('are all unknown by one process where the host does not answer', async () => {
    const late = new FaultError(faultOf('timeout', 'no answer within 5 s'));
    const world = asked(() => {
      throw late;
    });
    const state = await sampled(networkOf('nas | a', 'nas | b'), world);
    expect(Object.values(notesOf(state))).toEqual(Array(2).fill('unknown: no answer within 5 s'));
    expect(world.programs).toHaveLength(1);
  });

  it('have the holders of their ports asked for by one process', async () => {
    const on = (port: number) => ` |  | , port: ${port}`;
    const world = asked();
    const state = await sampled(networkOf(`here | a${on(81)}`, `here | b${on(82)}`), world);
    expect(world.programs).toEqual([
      'here systemctl a.service b.service',
      'here ss sport = :81 or sport = :82',
    ]);
    const holders = ['a', 'b'].map((name) => state.health[`here/${name}/systemd`]?.measured?.facts);
    expect(holders.map((facts) => facts?.['portHolder'])).toMatchObject([
      { port: 81, holders: [{ name: 'nginx' }], isOwn: true },
      { port: 82, holders: [{ name: 'node' }], isOwn: true },
    ]);
  });

  it('stay together as long as they are watched', async () => {
    const network = networkOf('nas | a', 'nas | b', 'nas | c');
    const { transports, programs, clock } = asked();
    const store = createWatchedStore(network, { nowMs: clock.now(), lastKnown: null });
    const poller = createPoller({ network, transports, store });
    poller.start();
    await clock.advance(600_000);
    await poller.stop();
    expect(new Set(programs)).toEqual(new Set(['nas systemctl a.service b.service c.service']));
    // Every 10 s, a tenth more or less.
    expect(programs.length).toBeGreaterThan(53);
    expect(programs.length).toBeLessThan(69);
  });
});
