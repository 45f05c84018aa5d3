import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerOf } from '../../../src/audit/collect/answers.ts';
import { collectFrom } from '../../../src/audit/collect/collect.ts';
import { createLiveTransports } from '../../../src/transports/live.ts';
import { within } from '../../support/calls.ts';
import { ownSshConfig, type SshConfig } from '../../support/ssh-config.ts';
import { startSshd } from '../../support/sshd-server.ts';
import { describeTier } from '../../support/tiers.ts';

const honest = String.raw`printf '\n@@BEGIN id\n|uid=0\n!@@RC 0\n@@END id\n@@BEGIN names\n|half'`;

describeTier('sshd', 'a hostile host behind a real sshd', () => {
  let config: SshConfig;
  beforeAll(async () => {
    config = await ownSshConfig();
  });
  afterAll(() => config?.restore());

  /** Whatever is asked of it, it runs this. */
  async function collected(program: string, timeoutMs = 20_000) {
    const server = await startSshd([], async (folder) => {
      await writeFile(join(folder, 'forced'), `#!/bin/sh\n${program}\n`, { mode: 0o755 });
      return [`ForceCommand ${folder}/forced`];
    });
    const transports = createLiveTransports();
    const probes: string[] = [];
    try {
      const request = { host: server.host(), pages: [], transports };
      const more = { options: within(timeoutMs), onProbe: (id: string) => probes.push(id) };
      const collection = await collectFrom({ ...request, ...more });
      return { ...collection, connections: transports.counts().connections, probes };
    } finally {
      await transports.close();
      await server.stop();
    }
  }

  it.each([
    ['says a gigabyte', `${honest}; head -c 1000000000 /dev/zero | tr '\\0' x`],
    ['begins a probe again and again', `${honest}; yes '@@BEGIN a' | head -c 1000000000`],
    ['says what is no text', `${honest}; head -c 1000000000 /dev/urandom`],
  ])('that %s is cut off, and what came before is kept', async (_, program) => {
    const { answers, cutOff, connections } = await collected(program);
    expect(answerOf(answers, 'id').text).toBe('uid=0');
    expect(cutOff?.message).toMatch(/said more than 2 MiB/);
    expect(connections).toBe(1);
    expect(answers.size).toBeLessThan(10);
  });

  it('that closes the connection half-way', async () => {
    const { answers, cutOff } = await collected(`${honest}; sleep 0.3; kill -9 $PPID`);
    expect(cutOff).not.toBe(null);
    expect(answerOf(answers, 'id').why).toBe(null);
    expect(answerOf(answers, 'names')).toMatchObject({ why: 'cut-off', text: 'half' });
  });

  it('that hangs', async () => {
    const { answers, cutOff, probes } = await collected(`${honest}; exec sleep 60`, 3000);
    expect(cutOff?.code).toBe('timeout');
    expect(answerOf(answers, 'id').why).toBe(null);
    expect(probes).toEqual(['id', 'names']);
  });
});
