import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerOf, unknownsOf } from '../../../src/audit/collect/answers.ts';
import { describeTier } from '../../support/tiers.ts';
import { type BusyboxRoot, makeBusyboxRoot } from './busybox-root.ts';

describeTier('chroot', 'a host with nothing but BusyBox', () => {
  let root: BusyboxRoot;
  let server: Server;
  beforeAll(async () => {
    server = createServer().listen(0, '127.0.0.1');
    root = await makeBusyboxRoot();
  });
  afterAll(async () => {
    server?.close();
    await root?.remove();
  });

  it('tells what it can: listeners by netstat, space without -l, processes by /proc', {
    timeout: 90_000,
  }, async () => {
    const { answers, isWhole, stderr } = await root.collect(true);
    expect({ isWhole, stderr }).toEqual({ isWhole: true, stderr: '' });
    const textOf = (id: string) => answerOf(answers, id).text;
    const { port } = server.address() as { port: number };
    expect(textOf('netstat')).toMatch(new RegExp(`127\\.0\\.0\\.1:${port} .*LISTEN`));
    expect(answerOf(answers, `arguments-${process.pid}`).why).toBe(null);
    expect(textOf('space')).toMatch(/^Filesystem\s+Type\s+1024-blocks[^\n]*\n.*%/);
    expect(textOf('inodes')).toMatch(/^Filesystem\s+Inodes[^\n]*\n.*%/);
    expect(textOf('meminfo')).toMatch(/^MemTotal:/);
    expect(textOf('addresses')).toContain('127.0.0.1');
    expect(textOf('clock')).toMatch(/^\d{10}$/);
    for (const id of ['systemd', 'services', 'docker', 'os-release', 'ufw']) {
      expect(answerOf(answers, id).why, id).toBe('not-there');
    }
    expect(answerOf(answers, 'virtualization').why).toBe('tool-missing');
    // The first process may be hidden, also from root.
    const other = unknownsOf(answers).filter(
      ({ why, probe }) => why !== 'tool-missing' && !probe.endsWith('-1'),
    );
    expect(other).toEqual([]);
  });

  it('that has no /proc tells the rest, and has no trouble', { timeout: 90_000 }, async () => {
    const { answers, isWhole, stderr } = await root.collect(false);
    expect({ isWhole, stderr }).toEqual({ isWhole: true, stderr: '' });
    for (const id of ['cpu', 'meminfo', 'uptime', 'sockets', 'mounts', 'init']) {
      expect(answerOf(answers, id).why, id).toBe('not-there');
    }
    expect(answerOf(answers, 'listeners').why).toBe('tool-missing');
    expect(answerOf(answers, 'uname').text).toMatch(/^Linux/);
    expect([...answers.keys()].filter((id) => id.startsWith('process-'))).toEqual([]);
  });
});
