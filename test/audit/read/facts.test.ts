import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../../src/audit/collect/answers.ts';
import { factsOf } from '../../../src/audit/read/facts.ts';
import { madeAnswers, recordedAnswers } from '../made-answers.ts';

const digest = (text: string): string => `sum of ${text} and more`;
const factsIn = (answers: ReturnType<typeof madeAnswers>) =>
  factsOf({ answers, cutOff: null, skewMs: 0 }, digest);

describe('the facts of real hosts', () => {
  it('are those of a Debian host, as root sees it', () => {
    const { hardware, system, network, mounts, units, ...more } = factsIn(
      recordedAnswers('debian-root'),
    );
    expect(hardware).toEqual({
      ...{ vendor: null, product: null, virtualization: 'systemd-nspawn' },
      ...{ cpu: 'AMD EPYC', cpus: 2, memoryBytes: 24_683_656 * 1024, swapBytes: 0, gpus: [] },
      disks: [{ name: 'vda', sizeBytes: 256 * 1024 ** 3, rotational: null, model: null }],
    });
    expect(system).toEqual({
      ...{ hostname: 'debian-host', machine: 'sum of 012345678' },
      ...{ os: 'Debian GNU/Linux 12 (bookworm)', osId: 'debian' },
      ...{ kernel: '6.18.44-fc-v782', architecture: 'x86_64', init: 'systemd 252' },
      ...{ uptimeSeconds: 45_900, timeService: null, timeSynchronized: null, clockSkewMs: 0 },
    });
    expect(network.addresses?.map(({ address }) => address)).toEqual([
      '10.213.9.178/30',
      'fe80::347f:8eff:fe12:3cd2/64',
      '127.0.0.1/8',
      '::1/128',
    ]);
    const of = { protocol: 'tcp', uid: 0 };
    expect(network.listeners).toEqual([
      { ...of, address: '0.0.0.0', port: 22, pid: 38, program: 'sshd', unit: 'ssh.service' },
      { ...of, address: '::', port: 22, pid: 38, program: 'sshd', unit: 'ssh.service' },
      { ...of, address: '0.0.0.0', port: 3847, pid: 33, program: 'perl', unit: 'jc-works.service' },
      { ...of, address: '*', port: 3999, pid: 1, program: 'systemd', unit: 'init.scope' },
    ]);
    expect(mounts?.[0]).toEqual({
      ...{ mount: '/', device: 'overlay', type: 'overlay', sizeBytes: 524_288 * 1024 },
      ...{ availableBytes: 511_060 * 1024, usedPercent: 3, inodesUsedPercent: 1 },
    });
    expect([units.failed, units.timers?.length]).toEqual([['jc-failed.service'], 7]);
    expect(units.enabled).toContain('jc-works.service');
    expect(more.crontabs?.map(({ schedule, user }) => `${schedule} ${user}`)).toEqual([
      '30 3 * * 0 root',
      '10 3 * * * root',
    ]);
    expect(more.containers).toEqual([]);
    expect(more.updates).toMatchObject({ rebootRequired: false, automatic: false, pending: null });
    expect(more.logins).toMatchObject({
      ...{ passwordAuthentication: true, rootLogin: 'prohibit-password' },
      users: [{ name: 'root' }, { name: 'joel', uid: 1000, shell: '/bin/bash' }],
      keys: [
        { user: 'joel', comment: 'test' },
        { user: 'root', comment: 'test' },
      ],
    });
  });

  it('have no owner of a port where only root may see it', () => {
    const { network, logins } = factsIn(recordedAnswers('debian-joel'));
    expect(network.listeners?.map(({ port, pid, unit }) => [port, pid, unit])).toEqual([
      [22, null, 'ssh.service'],
      [22, null, 'ssh.service'],
      [3847, null, 'jc-works.service'],
      [3999, null, 'init.scope'],
    ]);
    expect(logins.keys?.map(({ user }) => user)).toEqual(['joel']);
  });

  it('are unknown where systemd does not run, not empty', () => {
    const { units } = factsIn(recordedAnswers('docker-root'));
    expect([units.failed, units.timers]).toEqual([null, null]);
    expect(units.enabled).toContain('ssh.service');
  });
});

it('are all unknown of a host that told nothing', () => {
  const nulls = (value: unknown): readonly unknown[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(nulls) : [value];
  const facts = factsOf({ answers: new Map(), cutOff: null, skewMs: null }, digest);
  expect(new Set(nulls(facts))).toEqual(new Set([null]));
});

const probes = [...recordedAnswers('debian-root').keys(), 'netstat', 'docker', 'keys-x', 'crontab'];

it('are read of any garbage without an error, and in time', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('|', '@@BEGIN space', '1: : inet /', 'uid=(', '* * * * *', '{"ID":1}', '::::'),
    fc.constantFrom(
      ...[...recordedAnswers('debian-root').values()].flatMap(({ text }) => text.split('\n')),
    ),
  );
  const text = fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...probes), text), (made) => {
      factsIn(madeAnswers(made));
    }),
    { numRuns: 300 },
  );
  const long = ' 1'.repeat(60_000);
  const began = performance.now();
  for (const id of probes) factsIn(madeAnswers({ [id]: long }));
  for (const id of probes) factsIn(madeAnswers({ [id]: 'a '.repeat(60_000) }));
  expect(performance.now() - began).toBeLessThan(5000);
});

it('are the same of the same output', () => {
  const twice = [0, 1].map(() => JSON.stringify(factsIn(recordedAnswers('debian-root'))));
  expect(twice[0]).toBe(twice[1]);
  expect(readAnswers('').isWhole).toBe(false);
});
