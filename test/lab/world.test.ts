import { describe, expect, it } from 'vitest';
import { faultOf } from '../../src/model/fault.ts';
import { type Bench, benchOf, sample, troublesOf } from './sample.ts';

const refused = faultOf('refused', 'connection refused by localhost:3111');

async function workerOf(bench: Bench): Promise<string> {
  const only = 'panda/worker/http';
  const result = (await sample(bench, { only })).get(only);
  return `${result?.verdict.state}: ${result?.verdict.note}`;
}

describe('the world in the hand of a test', () => {
  it('fails a target until it is mended', async () => {
    const bench = benchOf('healthy');
    bench.lab.world.fail('localhost:3111', refused);
    expect(await workerOf(bench)).toBe('down: connection refused by localhost:3111');
    bench.lab.world.mend('localhost:3111');
    expect(await workerOf(bench)).toBe('up: 200, 14 functions');
  });

  it('hangs a target until the deadline of the call', async () => {
    const bench = benchOf('healthy');
    bench.lab.world.fail('localhost:3111', 'hang');
    expect(await workerOf(bench)).toBe('down: no answer within 5 s');
  });

  it('mends what the scenario has in trouble', async () => {
    const bench = benchOf('worker-crash-loop');
    bench.lab.world.mend('localhost:3111');
    expect(await workerOf(bench)).toBe('up: 200, 14 functions');
  });

  it('fails a program', async () => {
    const bench = benchOf('healthy');
    const missing = faultOf('tool-missing', '/usr/bin/vm_stat is not installed');
    bench.lab.world.fail('exec:panda:/usr/bin/vm_stat', missing);
    expect(troublesOf(await sample(bench))).toEqual([
      'panda/host: unknown, /usr/bin/vm_stat is not installed',
    ]);
  });

  it('has Caddy answer 502 when its upstream is gone', async () => {
    const bench = benchOf('healthy');
    bench.lab.world.fail('localhost:8288', faultOf('refused', 'connection refused by inngest'));
    expect(troublesOf(await sample(bench))).toEqual([
      'panda/functions:inngest: down, connection refused by inngest',
      'panda/inngest/http: down, connection refused by inngest',
      'panda/caddy/http: down, answered 502, expected 200',
    ]);
  });

  it('fails loudly for a target that does not exist', () => {
    const { world } = benchOf('healthy').lab;
    expect(() => world.fail('localhost:1', 'hang')).toThrow('lab: no such target localhost:1');
    expect(world.targets).toContain('ssh:clanker-001');
  });
});
