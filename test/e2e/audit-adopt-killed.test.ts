import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAdoptable } from '../support/adoptable.ts';
import type { DebianHost } from '../support/debian-host/index.ts';
import { writeKillAt } from '../support/kill-at.ts';
import {
  asBefore,
  makeSlots,
  type Slot,
  type Slots,
  takenOver,
} from '../support/takeover-slots.ts';
import { describeTier } from '../support/tiers.ts';

type Verb = 'apply' | 'rollback';

/** Kills it at a step; whether it was killed at all. */
async function killedAt({ folder, infra }: Slot, verb: Verb, step: number): Promise<boolean> {
  const killer = join(folder.state, '..', 'kill-at.mjs');
  await writeKillAt(killer);
  const end = await infra([verb], {
    ...{ NODE_OPTIONS: `--import=${killer}`, KILL_AT: `${step}` },
    ...{ KILL_BELOW: folder.state, KILL_SEEN: 'yes' },
  });
  return end.signal === 'SIGKILL' || end.code === 137;
}

async function ends(slot: Slot, verb: Verb): Promise<void> {
  const { code, stdout, stderr } = await slot.infra([verb]);
  const isNothing = verb === 'rollback' && /no apply to take back/.test(stderr);
  expect([verb, code, stdout + stderr]).toEqual([verb, isNothing ? 1 : 0, expect.anything()]);
  expect([verb, await slot.standing()]).toEqual([verb, verb === 'apply' ? takenOver : asBefore]);
}

describeTier('debian', 'a takeover on a real Debian host that is killed', () => {
  let host: DebianHost;
  let slots: Slots;
  let number = 0;
  beforeAll(async () => {
    host = await startAdoptable();
    slots = await makeSlots(host);
  }, 20 * 60_000);
  afterAll(() => host?.stop());

  /** By its lines in the journals: after the intent, after its file is gone, after all is back. */
  it.each([9, 11, 13])(
    'a rollback that was killed at change %i is undone by an apply, and that taken back',
    async (step) => {
      const slot = await slots.make(number++);
      await ends(slot, 'apply');
      expect(await killedAt(slot, 'rollback', step)).toBe(true);
      const { serves } = await slot.standing();
      expect(serves).toMatch(/^(?:old|unit|none)$/);
      if (serves === 'old') {
        const { code, stdout } = await slot.infra(['apply']);
        expect([code, stdout]).toEqual([1, expect.stringContaining('nothing is ended')]);
        expect(await slot.standing()).toEqual(asBefore);
      } else await ends(slot, 'apply');
      await ends(slot, 'rollback');
      await slot.clear();
    },
    240_000,
  );
});
