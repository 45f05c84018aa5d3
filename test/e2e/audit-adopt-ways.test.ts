import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { forgetAdopted, makeAdoptingFolder, startAdoptable } from '../support/adoptable.ts';
import type { DebianHost } from '../support/debian-host/index.ts';
import type { NetworkFolder } from '../support/network-folder.ts';
import { type CliEnd, runCli } from '../support/run-cli.ts';
import { describeTier } from '../support/tiers.ts';
import { port, ways } from '../support/ways-to-run.ts';

const patienceMs = 300_000;

/** Of the ways that audit-adopt and audit-typed do not go, those that are left most unlike each other. */
const untried = [
  'a login with a terminal',
  'supervisor',
  'pm2 that is started at boot',
  'a user unit with linger',
].map((wanted) => {
  const way = ways.find(({ title }) => title === wanted);
  if (way === undefined) throw new Error(`there is no way "${wanted}"`);
  return way;
});

describeTier(
  'debian',
  'pdf-brain on a real Debian host is adopted, whichever manager runs it',
  () => {
    let host: DebianHost;
    let folder: NetworkFolder;
    beforeAll(async () => {
      host = await startAdoptable();
    }, 20 * 60_000);
    afterAll(() => host?.stop());
    beforeEach(async () => {
      folder = await makeAdoptingFolder(host);
    });
    afterEach(async () => {
      await folder.remove();
      await forgetAdopted(host);
    });

    const cli = (...args: readonly string[]): Promise<CliEnd> =>
      runCli([...args, '--root', folder.root], { env: { JOELCLAW_STATE: folder.state } });
    const manager = async (): Promise<unknown> => {
      const { stdout } = await cli('audit', 'box', '--json');
      const [found] = JSON.parse(stdout).result.services;
      return { kind: found.manager.kind, name: found.manager.name };
    };
    const up = (): Promise<void> =>
      vi.waitFor(
        async () => expect(await host.shell(`ss -Hltn 'sport = :${port}'`)).toContain('LISTEN'),
        { timeout: 60_000, interval: 200 },
      );

    for (const way of untried) {
      it(
        `${way.title}: the unit takes over, and gives back`,
        async () => {
          const end = await way.start(host);
          try {
            await up();
            const adopted = await cli('audit', 'box', '--adopt', 'pdf-brain', '--yes');
            expect([adopted.code, adopted.stdout + adopted.stderr]).toEqual([0, expect.anything()]);
            const applied = await cli('infra', 'apply', '--yes');
            expect([applied.code, applied.stdout + applied.stderr]).toEqual([0, expect.anything()]);
            const unit = { kind: 'systemd', name: 'pdf-brain.service' };
            expect(await manager()).toEqual(unit);
            if (way.survives[0]) {
              await host.reboot();
              await up();
              expect(await manager()).toEqual(unit);
            }
            const back = await cli('infra', 'rollback', '--yes');
            expect([back.code, back.stdout + back.stderr]).toEqual([0, expect.anything()]);
            await up();
            // Who was started by cron, or by hand, is started again as that is done by hand.
            const isByHand = ['cron', 'session'].includes(way.kind);
            expect(await manager()).toMatchObject({ kind: isByHand ? 'nohup' : way.kind });
          } finally {
            // A login whose program was ended has ended before: nobody waits for that again.
            void end?.();
            await way.clear(host);
          }
        },
        patienceMs,
      );
    }
  },
);
