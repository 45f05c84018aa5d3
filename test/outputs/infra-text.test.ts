import { describe, expect, it } from 'vitest';
import type { InfraItem, PlannedItem } from '../../src/model/infra.ts';
import { appliedText } from '../../src/outputs/infra-applied.ts';
import { infraDiff, infraJson, infraTable } from '../../src/outputs/infra-text.ts';

const item: InfraItem = {
  ...{ id: 'file/run', kind: 'file', host: 'panda', source: 'infra/run', destination: '~/run' },
  ...{ service: 'panda/worker', verdict: 'pending', reloadNeeded: false, note: 'its text differs' },
  action: 'write',
};
const bare = { ...item, id: 'k8s/redis.yaml', host: null, service: null, note: '' } as const;
const planned = (one: InfraItem, change: PlannedItem['change']): PlannedItem =>
  ({ item: one, change }) as unknown as PlannedItem;

describe('the items of a plan', () => {
  it('stand with what an apply would do about each, and say nothing of what is well', () => {
    const well: InfraItem = { ...bare, verdict: 'in-sync', action: 'none' };
    const text = infraTable([item, well], false);
    expect(text).toMatch(/file\/run +pending +write +panda +panda\/worker +its text differs/);
    expect(text).toMatch(/k8s\/redis\.yaml +in-sync *$/m);
  });

  it('are marked where what runs has read something else', () => {
    const [read, unread] = [false, true].map((reloadNeeded) =>
      infraTable([{ ...item, verdict: 'in-sync', reloadNeeded }], true),
    );
    expect(read).not.toBe(unread);
  });

  it('of none are none', () => {
    expect(infraTable([], false)).toBe('the inventory names no files\n');
  });

  it('are the contract’s in JSON, key by key', () => {
    const { state, items } = infraJson([item]);
    expect(state).toBe('pending');
    expect(Object.keys(items[0] ?? {})).toEqual(
      'id kind host source destination service verdict reloadNeeded note action'.split(' '),
    );
  });
});

describe('the differences of a plan', () => {
  const lines = ['@@ -1 +1 @@', ' same', '-old', '+new'];

  it('are lines, coloured by what becomes of them', () => {
    const change = { added: 1, removed: 1, lines };
    expect(infraDiff([planned(item, change)], false)).toBe(
      `file/run: pending, its text differs\n${lines.join('\n')}\n`,
    );
    expect(infraDiff([planned(item, change)], true)).toContain('\u001b[');
  });

  it('are told without lines where there are none to tell, and not at all of what is well', () => {
    expect(infraDiff([planned({ ...bare, verdict: 'unknown' }, null)], false)).toBe(
      'k8s/redis.yaml: unknown\n',
    );
    for (const verdict of ['in-sync', 'converged'] as const) {
      expect(infraDiff([planned({ ...bare, verdict }, null)], false)).toBe('nothing differs\n');
    }
  });
});

describe('what an apply came to', () => {
  const step = { id: 'file/run', what: 'write', state: 'done', note: 'write' };

  it.each([
    ['done', 'applied'],
    ['failed', 'failed: what follows was not done'],
    ['rolled-back', 'failed, and what had been changed for it was put back'],
    ['stuck', 'failed, and not all could be put back: it needs you'],
    ['interrupted', 'interrupted: what follows was not done'],
    ['something else', 'something else'],
  ])('%s is told as "%s"', (outcome, words) => {
    expect(appliedText({ id: 'x', outcome, steps: [] }, false)).toBe(`apply x: ${words}\n`);
  });

  it.each([
    ['done', '✓'],
    ['reload-needed', '▲'],
    ['rolled-back', '↩'],
    ['failed', '✕'],
    ['not-run', '·'],
    ['unheard of', '·'],
  ])('a step that is %s has its glyph', (state, glyph) => {
    const told = appliedText({ id: 'x', outcome: 'done', steps: [{ ...step, state }] }, false);
    expect(told).toBe(`apply x: applied\n  ${glyph} file/run: ${state}, write\n`);
    const quiet = { ...step, state, note: '' };
    expect(appliedText({ id: 'x', outcome: 'done', steps: [quiet] }, false)).toMatch(
      `${glyph} file/run: ${state}\n`,
    );
  });
});
