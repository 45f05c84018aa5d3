import { describe, expect, it } from 'vitest';
import { answerOf } from '../../src/audit/collect/answers.ts';
import { collectFrom } from '../../src/audit/collect/collect.ts';
import { auditScript } from '../../src/audit/collect/script.ts';
import { lookInto } from '../../src/commands/audit/look-into.ts';
import type { Context } from '../../src/commands/context.ts';
import type { AuditReport } from '../../src/model/audit.ts';
import { FaultError } from '../../src/model/errors.ts';
import { faultOf } from '../../src/model/fault.ts';
import { actGroundOf } from '../support/acting-ground.ts';
import { benchOf, options } from './sample.ts';

function auditIn(scenario: string, name: string, bench = benchOf(scenario)) {
  const { lab, network, clock } = bench;
  const { hosts } = network.inventory;
  const host = hosts.find((one) => one.name === name);
  if (!host) throw new Error(`no host ${name}`);
  const { transports } = lab;
  const told: { readonly probe: string; readonly atMs: number }[] = [];
  const onProbe = (probe: string): void => void told.push({ probe, atMs: clock.monotonicMs() });
  const collect = () =>
    clock.until(
      collectFrom({ host, pages: [{ port: 3847, path: '/' }], transports, options, onProbe }),
    );
  const audit = (): Promise<AuditReport> =>
    clock.until(
      lookInto(
        {
          ...{ host, open: actGroundOf({ network, transports, stateFolder: '' }).open },
          context: { ...options, options } as unknown as Context,
        },
        onProbe,
      ),
    );
  return { collect, audit, told, bench };
}

describe('a host of the lab that is looked into', () => {
  it('tells all of itself, a probe at a time over one connection', async () => {
    const { collect, told, bench } = auditIn('healthy', 'clanker-001');
    const { answers, cutOff } = await collect();
    expect(cutOff).toBeNull();
    expect(answerOf(answers, 'os-release').text).toContain('Ubuntu 24.04.3 LTS');
    expect(answerOf(answers, 'listeners').text).toContain('users:(("node",pid=20731,fd=19))');
    expect(answerOf(answers, 'arguments-20713').text).toBe('tmux\nnew-session\n-s\nbrain');
    expect(answerOf(answers, 'environment-1').why).toBe('needs-root');
    expect(answerOf(answers, 'page-3847').text).toContain('"documents":700');
    expect(told.length).toBeGreaterThan(40);
    expect(new Set(told.map(({ atMs }) => atMs)).size).toBe(told.length);
    expect(bench.lab.transports.counts().connections).toBe(1);
  });

  it('asks for no probe that the script does not have', async () => {
    for (const name of ['clanker-001', 'three-body', 'panda']) {
      const { answers } = await auditIn('healthy', name).collect();
      const ids = [...answers.keys()].map((id) => id.replace(/-(?:\d+|joel)$/, '-'));
      expect(ids.filter((id) => !auditScript.includes(id))).toEqual([]);
    }
  });

  it('is a NAS without systemd, or a Mac that knows next to nothing of it', async () => {
    const nas = await auditIn('healthy', 'three-body').collect();
    expect(answerOf(nas.answers, 'services').why).toBe('tool-missing');
    expect(answerOf(nas.answers, 'sshd').why).toBe('needs-root');
    expect(answerOf(nas.answers, 'netstat').text).toContain('0.0.0.0:445');
    const mac = await auditIn('healthy', 'panda').audit();
    expect(mac).toMatchObject({ host: 'panda', cutOff: null });
    expect(mac.unknowns.map(({ why }) => why)).toContain('tool-missing');
    for (const name of ['three-body', 'panda']) {
      const { findings, facts } = await auditIn('healthy', name).audit();
      expect(findings.find(({ id }) => id === 'not-told/not-understood')?.evidence).toBeUndefined();
      expect(facts.mounts?.[0]?.sizeBytes).toBeGreaterThan(0);
    }
  });

  it('that does not answer is no audit, as its checks are none', async () => {
    const { audit } = auditIn('clanker-down', 'clanker-001');
    await expect(audit()).rejects.toMatchObject({ fault: { code: 'timeout' } });
    const { audit: strange } = auditIn('clanker-key-changed', 'clanker-001');
    await expect(strange()).rejects.toBeInstanceOf(FaultError);
  });

  it('that goes away meanwhile is cut off, and what it told stays', async () => {
    const { bench } = auditIn('healthy', 'clanker-001');
    const again = auditIn('healthy', 'clanker-001', bench);
    const work = again.audit();
    const away = bench.clock.sleep(300, options.signal).then(() => {
      bench.lab.world.fail('ssh:clanker-001', faultOf('unreachable', 'no route to host'));
    });
    await bench.clock.until(away);
    const report = await work;
    expect(report.cutOff).toMatchObject({ code: 'unreachable' });
    expect(report.facts.system.hostname).toBe('clanker-001');
  });

  it('whose service is dead says so itself', async () => {
    const { collect, bench } = auditIn('healthy', 'clanker-001');
    bench.lab.world.fail('clanker-001:3847', faultOf('refused', 'connection refused'));
    const { answers } = await collect();
    expect(answerOf(answers, 'listeners').text).not.toContain('3847');
    expect(answerOf(answers, 'page-3847')).toMatchObject({ exitCode: 7, why: null });
  });
});
