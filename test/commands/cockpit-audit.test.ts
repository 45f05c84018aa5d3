import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCockpitAudit } from '../../src/commands/acting/cockpit-audit.ts';
import { readAudited } from '../../src/commands/audit/audited.ts';
import { type AuditDeeds, auditDeeds } from '../../src/commands/audit/deeds.ts';
import type { Context } from '../../src/commands/context.ts';
import { UserError } from '../../src/model/errors.ts';
import type { AuditView } from '../../src/tui/audit-view.ts';
import { benchOf } from '../lab/sample.ts';
import { actGroundOf, untilDone } from '../support/acting-ground.ts';

let stateFolder: string;
beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'joelclaw-cockpit-audit-'));
});
afterEach(() => rm(stateFolder, { recursive: true, force: true }));

function auditsIn(
  scenario: string,
  more: {
    readonly readOnly?: boolean;
    readonly deeds?: Partial<AuditDeeds>;
    readonly rootPath?: string | null;
  } = {},
) {
  const { network, lab, clock } = benchOf(scenario);
  const { open } = actGroundOf({ network, transports: lab.transports, stateFolder });
  const warn = (line: string): void => {
    throw new Error(line);
  };
  const context = {
    ...{ env: {}, signal: new AbortController().signal, warn },
    options: { readOnly: more.readOnly ?? false, timeoutMs: 5000 },
  } as unknown as Context;
  let kept = 0;
  const audits = createCockpitAudit({
    context,
    deeds: { ...auditDeeds(context), ...more.deeds },
    open: () => ({ ...open, rootPath: more.rootPath ?? null }),
    onKept: async () => void kept++,
  });
  const views: (AuditView | null)[] = [];
  audits.showIn({ showAudit: (view) => void views.push(view) });
  const done = () => untilDone(clock, audits.idle());
  /** Lets the clock go on until what is shown is so. */
  const until = async (isSo: (view: AuditView) => boolean): Promise<void> => {
    for (let step = 0; step < 10_000; step++) {
      const last = views.at(-1);
      if (last && isSo(last)) return;
      await new Promise((resolve) => setImmediate(resolve));
      const nextMs = clock.nextInMs();
      if (nextMs !== null) await clock.advance(nextMs);
    }
    throw new Error(`it never came to that: ${JSON.stringify(views.at(-1)).slice(0, 300)}`);
  };
  return { audits, views, done, until, clock, kept: () => kept, lab };
}

describe('an audit in the cockpit', () => {
  test('is told a probe at a time, then shown, stored, and known of', async () => {
    const { audits, views, done, kept } = auditsIn('healthy');
    expect(audits.take({ type: 'audit', host: 'clanker-001' })).toBeUndefined();
    await done();
    const running = views.flatMap((view) => (view?.phase === 'running' ? [view] : []));
    expect(running[0]).toMatchObject({ probe: null, begun: 0, elapsedMs: 0 });
    expect(running.map(({ probe }) => probe)).toEqual(
      expect.arrayContaining(['listeners', 'links-20731', 'page-3847', 'inodes']),
    );
    const begun = running.map((view) => view.begun);
    expect(begun).toEqual(begun.toSorted((a, b) => a - b));
    expect(running.at(-1)?.begun).toBe(running.at(-1)?.of);
    expect(running.at(-1)?.elapsedMs).toBeGreaterThan(500);
    expect(views.at(-1)).toMatchObject({ phase: 'done', host: 'clanker-001', unit: null });
    expect(kept()).toBe(1);
    const files = await readdir(join(stateFolder, 'audits', 'clanker-001'));
    expect(files.filter((name) => name.endsWith('.json'))).toHaveLength(1);
    expect(await readAudited(stateFolder)).toEqual({ 'clanker-001': '2026-02-18T09:00:00Z' });
  });

  test('that no host answers says why, and what to do next', async () => {
    const { audits, views, done } = auditsIn('clanker-down');
    void audits.take({ type: 'audit', host: 'clanker-001' });
    await done();
    expect(views.at(-1)).toEqual({
      phase: 'failed',
      host: 'clanker-001',
      message: 'no answer within 5 s',
      hint: 'see what `joelclaw doctor` says of clanker-001',
    });
    const waits = views.flatMap((view) => (view?.phase === 'running' ? [view.elapsedMs] : []));
    expect(waits).toEqual([0, 1000, 2000, 3000, 4000]);
    expect(await readAudited(stateFolder)).toEqual({});
  });

  test('goes on once only of a host', async () => {
    const { audits, done, views } = auditsIn('healthy');
    void audits.take({ type: 'audit', host: 'panda' });
    expect(await audits.take({ type: 'audit', host: 'panda' })).toBe('the audit of panda goes on');
    await done();
    expect(views.filter((view) => view?.phase === 'done')).toHaveLength(1);
    expect(audits.take({ type: 'audit', host: 'panda' })).toBeUndefined();
    await done();
  });

  test('that is left ends, and shows nothing any more', async () => {
    const { audits, views, until, done, clock } = auditsIn('healthy');
    void audits.take({ type: 'audit', host: 'clanker-001' });
    await until((view) => view.phase === 'running' && view.begun > 5);
    void audits.take({ type: 'close-audit' });
    await done();
    expect(views.at(-1)).toBeNull();
    expect(views.indexOf(null)).toBe(views.length - 1);
    expect(clock.nextInMs()).toBeNull();
    expect(await readAudited(stateFolder)).toEqual({});
  });

  test('ends with the cockpit', async () => {
    const { audits, until, clock } = auditsIn('healthy');
    void audits.take({ type: 'audit', host: 'clanker-001' });
    await until((view) => view.phase === 'running' && view.begun > 5);
    await audits.stop();
    expect(clock.nextInMs()).toBeNull();
  });

  test('of a host that is no more is refused in words', async () => {
    const { audits, views, done } = auditsIn('healthy');
    void audits.take({ type: 'audit', host: 'gone' });
    await done();
    expect(views.at(-1)).toMatchObject({
      phase: 'failed',
      message: 'gone is no host of the inventory any more',
    });
  });

  test('is not run with --read-only', async () => {
    const { audits, views } = auditsIn('healthy', { readOnly: true });
    const words = 'this is --read-only: no action runs';
    expect(await audits.take({ type: 'audit', host: 'panda' })).toBe(words);
    expect(await audits.take({ type: 'write-note' })).toBe(words);
    expect(views).toEqual([]);
  });
});

describe('what is done with an audit', () => {
  async function audited(deeds: Partial<AuditDeeds>, rootPath: string | null = null) {
    const made = auditsIn('healthy', { deeds, rootPath });
    void made.audits.take({ type: 'audit', host: 'clanker-001' });
    await made.done();
    return made;
  }

  test('its note is written, or says so already', async () => {
    let changed = true;
    const { audits } = await audited({
      writeNote: async () => ({ path: '~/Vault/x.md', changed }),
    });
    expect(await audits.take({ type: 'write-note' })).toBe('written: ~/Vault/x.md');
    changed = false;
    expect(await audits.take({ type: 'write-note' })).toBe('~/Vault/x.md says so already');
  });

  test('without a Vault it says what to set', async () => {
    const { audits } = await audited({});
    expect(await audits.take({ type: 'write-note' })).toMatch(/no vault.*vault: ~\/Vault/);
  });

  test('a unit is shown, and a refusal leaves what was found', async () => {
    const proposed = await audited(
      {
        proposeUnit: async (report, { service }) =>
          `[Unit]\nDescription=${service} ${report.host}\n`,
      },
      '/net',
    );
    await proposed.audits.take({ type: 'propose-unit', service: 'pdf-brain' });
    expect(proposed.views.at(-1)).toMatchObject({
      phase: 'done',
      unit: { service: 'pdf-brain', text: '[Unit]\nDescription=pdf-brain clanker-001\n' },
    });
    const refused = await audited(
      {
        proposeUnit: async () => {
          throw new UserError('it is in a container', { hint: 'adopt it by hand' });
        },
      },
      '/net',
    );
    expect(await refused.audits.take({ type: 'propose-unit', service: 'pdf-brain' })).toBe(
      'it is in a container; adopt it by hand',
    );
    expect(refused.views.at(-1)).toMatchObject({ phase: 'done', unit: null });
  });

  test('the lab has no unit to show, and says one true reason', async () => {
    const { audits, views } = await audited({});
    expect(await audits.take({ type: 'propose-unit', service: 'pdf-brain' })).toBe(
      'a simulated network has no processes to make a unit of; leave lab out: U shows the unit of a real host',
    );
    expect(views.at(-1)).toMatchObject({ phase: 'done', unit: null });
  });

  test('nothing is, where nothing is found', async () => {
    const { audits } = auditsIn('healthy');
    expect(await audits.take({ type: 'write-note' })).toBe('nothing is found yet');
  });
});
