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

/** All steps take five minutes. */
const isWhole = process.env['JOELCLAW_WALK_ALL'] === 'yes';

/**
 * Of an apply: what it ends is told and not ended, is ended, and its unit is written; of a rollback: its
 * unit's end is told, its unit is gone, and what ran before runs again. Even ones go by an apply.
 */
const telling: readonly (readonly [verb: Verb, step: number, serves: string])[] = [
  ['apply', 9, 'old'],
  ['apply', 10, 'none'],
  ['apply', 12, 'none'],
  ['rollback', 10, 'none'],
  ['rollback', 12, 'none'],
  ['rollback', 14, 'old'],
];

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

/** What was brought back is another process than was seen. */
async function endsNothing(slot: Slot): Promise<void> {
  const { code, stdout } = await slot.infra(['apply']);
  expect([code, stdout]).toEqual([1, expect.stringContaining('nothing is ended')]);
  expect(await slot.standing()).toEqual(asBefore);
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

  /** Kills one at a step, and has the next apply and rollback end it; who served then; null where there is no such step. */
  const oneStep = async (verb: Verb, step: number): Promise<string | null> => {
    const slot = await slots.make(number++);
    try {
      if (verb === 'rollback') await ends(slot, 'apply');
      if (!(await killedAt(slot, verb, step))) return null;
      const { serves } = await slot.standing();
      expect(serves).toMatch(/^(?:old|unit|none)$/);
      if (step % 2 === 0) {
        if (verb === 'rollback' && serves === 'old') await endsNothing(slot);
        else await ends(slot, 'apply');
      }
      await ends(slot, 'rollback');
      return serves;
    } catch (error) {
      throw new Error(`${verb} killed at step ${step}`, { cause: error });
    } finally {
      await slot.clear();
    }
  };

  /** sshd lets ten in at once. */
  const atOnce = 8;
  const walk = async (verb: Verb): Promise<number> => {
    for (let step = 1; ; step += atOnce) {
      const steps = Array.from({ length: atOnce }, (_, index) => step + index);
      const killed = await Promise.all(steps.map((one) => oneStep(verb, one)));
      if (!killed.every((is) => is !== null))
        return step - 1 + killed.filter((is) => is !== null).length;
    }
  };

  it('is finished by the next, or taken back, wherever it was killed', async () => {
    const all = await Promise.all(
      telling.map(async ([verb, step]) => [verb, step, await oneStep(verb, step)]),
    );
    expect(all).toEqual(telling);
  }, 600_000);

  it.skipIf(!isWhole)(
    'is so at every step of an apply, and of a rollback',
    async () => {
      expect(await walk('apply')).toBeGreaterThan(15);
      expect(await walk('rollback')).toBeGreaterThan(10);
    },
    1_200_000,
  );
});
