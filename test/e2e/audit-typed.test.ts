import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AuditedService } from '../../src/model/audit.ts';
import { forgetAdopted, makeAdoptingFolder, startAdoptable } from '../support/adoptable.ts';
import type { DebianHost } from '../support/debian-host/index.ts';
import type { NetworkFolder } from '../support/network-folder.ts';
import { type CliEnd, runCli } from '../support/run-cli.ts';
import { describeTier } from '../support/tiers.ts';
import { port } from '../support/ways-to-run.ts';

const patienceMs = 240_000;
const line = `cd there && GREETING="it is" perl /usr/local/bin/jc-server ${port}`;

/** A session whose shell stays when the server that was typed into it ends. */
const terminals = [
  {
    kind: 'tmux',
    start: `tmux new-session -d -s pdf && tmux send-keys -t pdf '${line}' Enter`,
    sessions: 'tmux list-sessions | grep -c . || true',
    end: 'tmux kill-server || true',
  },
  {
    kind: 'screen',
    start: `screen -dmS pdf && screen -S pdf -p 0 -X stuff '${line}^M'`,
    sessions: 'screen -ls | grep -c "[.]pdf" || true',
    end: 'pkill -x screen || true',
  },
] as const;

describeTier('debian', 'a server that was typed into a session of a terminal', () => {
  let host: DebianHost;
  let folder: NetworkFolder;
  beforeAll(async () => {
    host = await startAdoptable();
  }, 20 * 60_000);
  afterAll(() => host?.stop());
  beforeEach(async () => {
    await host.shell('mkdir -p there', 'joel');
    folder = await makeAdoptingFolder(host, { box: 'root', joels: 'joel' });
  });
  afterEach(async () => {
    await folder.remove();
    await forgetAdopted(host);
  });

  const cli = (...args: readonly string[]): Promise<CliEnd> =>
    runCli([...args, '--root', folder.root], { env: { JOELCLAW_STATE: folder.state } });
  const listener = async (): Promise<string> =>
    (await host.shell(`ss -Hltnp 'sport = :${port}' | sed 's/.*pid=\\([0-9]*\\),.*/\\1/'`)).trim();
  const up = (): Promise<void> => expect.poll(listener, { timeout: 30_000 }).toMatch(/^\d+$/);
  const seenBy = async (name: 'box' | 'joels'): Promise<AuditedService> => {
    const { stdout } = await cli('audit', name, '--json');
    return JSON.parse(stdout).result.services.find((one: AuditedService) => one.port === port);
  };
  const around = async (): Promise<string> =>
    host.shell(`p=$(ss -Hltnp 'sport = :${port}' | sed 's/.*pid=\\([0-9]*\\),.*/\\1/')
      tr '\\0' '\\n' </proc/$p/environ | grep GREETING; readlink /proc/$p/cwd`);
  const ends = async (...args: readonly string[]): Promise<void> => {
    const { code, stdout, stderr } = await cli(...args);
    expect([code, stdout + stderr]).toEqual([0, expect.anything()]);
  };

  it.each(terminals)(
    '$kind: is started again in it, and given back to it or to a new one',
    async ({ kind, start, sessions, end }) => {
      const hasOne = async (): Promise<void> =>
        expect((await host.shell(sessions, 'joel')).trim()).toBe('1');
      await host.shell(start, 'joel');
      try {
        await up();
        for (const [name, user] of [
          ['joels', 'joel'],
          ['box', 'root'],
        ] as const) {
          const before = await listener();
          const { manager, restart } = await seenBy(name);
          expect(manager).toMatchObject({ kind, name: 'pdf' });
          await host.shell(restart ?? 'false', user);
          await up();
          expect(await listener()).not.toBe(before);
          expect(await seenBy('box')).toMatchObject({ manager: { kind, name: 'pdf' } });
          await hasOne();
        }
        await host.shell(
          `${end}; for i in 1 2 3 4 5 6 7 8 9; do pgrep -x ${kind} || break; sleep 0.2; done; ${start}`,
          'joel',
        );
        await up();

        await ends('audit', 'box', '--adopt', 'pdf-brain', '--yes');
        await ends('infra', 'apply', '--yes');
        expect(await seenBy('box')).toMatchObject({ manager: { kind: 'systemd' } });
        await hasOne();
        await ends('infra', 'rollback', '--yes');
        await up();
        expect(await seenBy('box')).toMatchObject({ manager: { kind, name: 'pdf' } });
        expect(await around()).toBe('GREETING=it is\n/home/joel/there\n');
        await hasOne();
        const again = await cli('infra', 'apply', '--yes');
        expect([again.code, again.stdout]).toEqual([1, expect.stringContaining('looks anew')]);
        await up();

        await ends('audit', 'box', '--adopt', 'pdf-brain', '--yes');
        await ends('infra', 'apply', '--yes');
        await host.shell(end, 'joel');
        await ends('infra', 'rollback', '--yes');
        await up();
        expect(await seenBy('box')).toMatchObject({ manager: { kind, name: 'pdf' } });
        expect(await around()).toBe('GREETING=it is\n/home/joel/there\n');
        await hasOne();
        expect(await host.shell('ls /dev/shm | grep -c joelclaw || true')).toBe('0\n');

        await ends('audit', 'box', '--adopt', 'pdf-brain', '--yes');
        await ends('infra', 'apply', '--yes');
        await host.shell('rmdir there', 'joel');
        const { code, stdout, stderr } = await cli('infra', 'rollback', '--yes');
        expect([code, stdout + stderr]).toEqual([
          4,
          expect.stringContaining('it cannot be started again: its folder is gone'),
        ]);
      } finally {
        await host.shell(end, 'joel');
      }
    },
    2 * patienceMs,
  );
});
