import { describe, expect, it } from 'vitest';
import { FaultError } from '../../src/model/errors.ts';
import { type Bench, benchOf, inventoryOf, options, sample } from './sample.ts';

const get = { method: 'GET', headers: {}, tls: {} };

function hostOf(bench: Bench, name: string) {
  const host = inventoryOf(bench.lab).hosts.find((one) => one.name === name);
  if (!host) throw new Error(`no host ${name}`);
  return host;
}

describe('an unexpected request', () => {
  const bench = benchOf('healthy');
  const { transports } = bench.lab;
  const panda = hostOf(bench, 'panda');
  const clanker = hostOf(bench, 'clanker-001');
  const tls = { servername: 'panda' };
  const requests: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['http GET http://localhost:9999/', () => http('http://localhost:9999/')],
    ['http GET http://localhost:3111/other', () => http('http://localhost:3111/other')],
    ['http GET http://panda:3111/', () => http('http://panda:3111/')],
    ['http PUT http://localhost:3111/', () => http('http://localhost:3111/', 'PUT')],
    ['exec on panda: /usr/bin/vm_stat 1', () => exec('/usr/bin/vm_stat', '1')],
    ['exec on panda: /bin/df -h /', () => exec('/bin/df', '-h', '/')],
    ['exec on panda: /bin/df -kP /mnt', () => exec('/bin/df', '-kP', '/mnt')],
    ['exec on panda: /usr/sbin/sysctl hw.x', () => exec('/usr/sbin/sysctl', 'hw.x')],
    ['exec on panda: /bin/rm -rf /', () => exec('/bin/rm', '-rf', '/')],
    ['exec on panda: /bin/launchctl list', () => exec('/bin/launchctl', 'list')],
    [
      'exec on panda: /bin/launchctl print gui/502/x',
      () => exec('/bin/launchctl', 'print', 'gui/502/x'),
    ],
    ['exec on panda: /bin/sh -c colima status', () => exec('/bin/sh', '-c', 'colima status')],
    ['kube other pods', () => kube('other')],
    ['readFile panda:/etc/hosts', () => transports.readFile(panda, '/etc/hosts', options)],
    ['tcp localhost:1', () => transports.tcp({ host: 'localhost', port: 1 }, options)],
    ['tls localhost:443', () => transports.tls({ host: 'localhost', port: 443, ...tls }, options)],
    ['redis redis://localhost:6379 FLUSHALL', () => redis('redis://localhost:6379', 'FLUSHALL')],
    ['redis redis://elsewhere PING', () => redis('redis://elsewhere', 'PING')],
    ['readFile clanker-001:/etc/hosts', () => transports.readFile(clanker, '/etc/hosts', options)],
    ['diskUsage clanker-001:/', () => transports.diskUsage(clanker, '/', options)],
  ];

  function http(url: string, method = 'GET') {
    return transports.http({ ...get, url, method }, options);
  }
  function exec(...argv: [string, ...string[]]) {
    return transports.exec({ on: panda, argv }, options);
  }
  function redis(url: string, command: string) {
    return transports.redis({ url, commands: [[command]] }, options);
  }

  function kube(name: string) {
    const [cluster] = inventoryOf(bench.lab).clusters;
    if (!cluster) throw new Error('the lab has no cluster');
    const request = { cluster: { ...cluster, name }, resource: 'pods', namespace: null } as const;
    return transports.kube(request, options);
  }

  it.each(requests)('fails loudly: %s', async (words, ask) => {
    const error = await bench.clock.until(ask().then(null, (caught: unknown) => caught));
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(FaultError);
    expect(error).toHaveProperty('message', `lab: unexpected ${words}`);
  });

  it('shows in a check as our bug', async () => {
    const bug = benchOf('healthy');
    const other = { ...bug, lab: benchOf('big').lab };
    const only = 'panda/worker/http';
    const result = (await sample({ ...other, clock: bug.clock }, { only })).get(only);
    expect(result?.verdict.state).toBe('unknown');
    expect(result?.verdict.note).toContain('our bug: Error: lab: unexpected http GET');
  });
});

describe('calls', () => {
  it('take 1 to 30 ms, the same each time that the lab is made', async () => {
    const latencies = async (): Promise<readonly (number | null)[]> => {
      const bench = benchOf('healthy');
      const rounds = [await sample(bench), await sample(bench)];
      return rounds.flatMap((round) => [...round.values()].map(({ latencyMs }) => latencyMs));
    };
    const first = await latencies();
    expect(await latencies()).toEqual(first);
    // A look into a cluster takes up to three calls, one after another for one server.
    for (const ms of first) expect(Number(ms) >= 1 && Number(ms) <= 3 * 30).toBe(true);
    expect(new Set(first).size).toBeGreaterThan(5);
  });

  it('end with `aborted` when the signal does, before and during', async () => {
    const { clock, lab } = benchOf('clanker-down');
    const ending = new AbortController();
    const call = () =>
      lab.transports.tcp(
        { host: 'clanker-001', port: 3847 },
        { ...options, signal: ending.signal },
      );
    const during = call().then(null, (error: FaultError) => error.fault.code);
    await clock.advance(100);
    ending.abort();
    const before = call().then(null, (error: FaultError) => error.fault.code);
    expect([await during, await before]).toEqual(['aborted', 'aborted']);
  });

  it('name the deadline that they had', async () => {
    const { clock, lab } = benchOf('clanker-down');
    const call = lab.transports.tcp(
      { host: 'clanker-001', port: 3847 },
      { ...options, timeoutMs: 1500 },
    );
    await expect(clock.until(call)).rejects.toThrow('no answer within 1.5 s');
  });

  it('find a certificate wanting for a name that it does not hold', async () => {
    const { clock, lab } = benchOf('healthy');
    const request = { host: 'localhost', port: 9443, servername: 'panda' };
    const { trouble } = await clock.until(lab.transports.tls(request, options));
    expect(trouble).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('keep their connections: a second round opens only those that no one keeps', async () => {
    const bench = benchOf('healthy');
    await sample(bench);
    expect(bench.lab.transports.counts()).toEqual({ connections: 11, processes: 21 });
    await sample(bench);
    expect(bench.lab.transports.counts()).toEqual({ connections: 12, processes: 42 });
    await bench.lab.transports.close();
  });
});

describe('the machine that asks', () => {
  it('is panda, a Mac among Linux machines', async () => {
    const bench = benchOf('healthy');
    const { transports } = bench.lab;
    const machineOf = (name: string) => transports.machine(hostOf(bench, name), options);
    expect(transports.hostname).toBe('panda');
    expect(await machineOf('panda')).toEqual({ system: 'darwin', uid: 501 });
    expect(await machineOf('three-body')).toMatchObject({ system: 'linux' });
  });
});
