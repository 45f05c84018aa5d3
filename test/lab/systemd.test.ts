import { describe, expect, it } from 'vitest';
import { parseInventory } from '../../src/inventory/parse-inventory.ts';
import { bind } from '../../src/kinds/bind.ts';
import { createLab } from '../../src/lab/index.ts';
import { createVirtualClock } from '../../src/lab/virtual-clock.ts';
import { type Bench, sample, startMs } from './sample.ts';

/** The lab's hosts with a service of systemd, which its own inventory does not have. */
const text = `version: 1
name: n
hosts:
  - {name: clanker-001, access: ssh, ssh: {host: clanker-001}}
services:
  - {name: sip-bridge, host: clanker-001, port: 5060, manager: {kind: systemd, unit: livekit-sip}}
  - {name: gone, host: clanker-001, manager: {kind: systemd, unit: gone}}
`;

function benchOf(scenario: string): Bench {
  const clock = createVirtualClock(startMs);
  const lab = createLab(scenario, { clock });
  const parsed = parseInventory({ file: 'n.yaml', text, env: {} });
  if (!parsed.ok) throw new Error('the inventory is not valid');
  return { clock, lab, network: bind(parsed.inventory) };
}

async function verdictIn(scenario: string, only: string): Promise<string> {
  const { verdict } = (await sample(benchOf(scenario), { only })).get(only) ?? {};
  return `${verdict?.state}: ${verdict?.note}`;
}

describe('systemd in the lab', () => {
  it('runs the SIP bridge of clanker-001', async () => {
    const only = 'clanker-001/sip-bridge/systemd';
    expect(await verdictIn('healthy', only)).toBe('up: running');
    const { facts } = (await sample(benchOf('healthy'), { only })).get(only) ?? {};
    expect(facts).toMatchObject({ pid: 1187, runningSeconds: 6 * 86_400, restarts: 0 });
    const portHolder = { port: 5060, listening: true, holders: [], isOwn: null };
    expect(facts).toMatchObject({ portHolder, survivesReboot: true, log: null });
  });

  it('knows no other unit', async () => {
    const only = 'clanker-001/gone/systemd';
    expect(await verdictIn('healthy', only)).toBe('down: there is no such unit');
  });

  it.each(['clanker-down', 'everything-down'])('does not answer in %s', async (scenario) => {
    const only = 'clanker-001/sip-bridge/systemd';
    expect(await verdictIn(scenario, only)).toBe('unknown: no answer within 5 s');
  });
});
