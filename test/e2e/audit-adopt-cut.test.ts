import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startAdoptable } from '../support/adoptable.ts';
import type { DebianHost } from '../support/debian-host/index.ts';
import { startCli } from '../support/run-cli.ts';
import { asBefore, makeSlots, type Slots } from '../support/takeover-slots.ts';
import { describeTier } from '../support/tiers.ts';

describeTier('debian', 'the script of a takeover that is cut off on a real Debian host', () => {
  let host: DebianHost;
  let slots: Slots;
  beforeAll(async () => {
    host = await startAdoptable();
    slots = await makeSlots(host);
  }, 20 * 60_000);
  afterAll(() => host?.stop());

  it('goes on where its joelclaw was killed: the next waits for its end', async () => {
    const slot = await slots.make(0);
    const { pid } = slot.adoption.process;
    // It does not end yet when it is told to.
    await host.shell(`kill -STOP ${pid}`);
    const env = { JOELCLAW_STATE: slot.folder.state };
    const args = ['infra', 'apply', '--yes', '--root', slot.folder.root];
    const { child, ended } = startCli(args, { env });
    const pending = `grep -q '^ShdPnd:.*[4-7c-f]...$' /proc/${pid}/status && echo told || true`;
    const seen = { timeout: 30_000, interval: 100 };
    await vi.waitFor(async () => expect(await host.shell(pending)).toBe('told\n'), seen);
    child.kill('SIGKILL');
    await ended;
    let isOver = false;
    const back = slot.infra(['rollback']).finally(() => {
      isOver = true;
    });
    const waits = 'pgrep -c flock || true';
    await vi.waitFor(
      async () => expect(isOver || Number(await host.shell(waits)) > 1).toBe(true),
      seen,
    );
    await host.shell(`kill -CONT ${pid}`);
    const { code, stdout, stderr } = await back;
    expect([code, stdout + stderr]).toEqual([0, expect.anything()]);
    await vi.waitFor(
      async () => expect(await host.shell('pgrep -c flock || true')).toBe('0\n'),
      seen,
    );
    expect(await slot.standing()).toEqual(asBefore);
    await slot.clear();
  }, 120_000);
});
