import { describe, expect, it } from 'vitest';
import {
  parseSavedPlan,
  type SavedItem,
  type SavedPlan,
  savedPlanText,
  staleReasons,
} from '../../src/model/saved-plan.ts';

const item: SavedItem = {
  ...{ id: 'file/run', verdict: 'pending', action: 'write' },
  ...{ before: 'b1', after: 'a1', mode: '0755' },
};
const plan: SavedPlan = {
  ...{ network: 'home', inventory: 'i1', host: 'panda', user: 'joel', commit: null },
  ...{ at: '2026-02-18T09:00:00.000Z', expiresAt: '2026-02-19T09:00:00.000Z' },
  wish: { overwriteDrift: true, prune: false, only: 'file/run' },
  items: [item],
};
const sign = (text: string): string => `signed ${text.length} ${text.slice(0, 40)}`;
const text = savedPlanText(plan, sign);

describe('a saved plan', () => {
  it('is read as it was kept', () => {
    expect(parseSavedPlan(text, sign)).toEqual(plan);
  });

  it.each([
    ['', 'no-plan'],
    ['{"schema":"joelclaw.status/v1"}', 'no-plan'],
    [text.replace('plan-file/v1', 'plan-file/v2'), 'newer'],
    [text.replace('"pending"', '"missing-and-more"'), 'not-ours'],
    [text.replace(/,\s+"mac": ".*"/, ''), 'not-ours'],
  ])('is none of ours: %#', (other, trouble) => {
    expect(parseSavedPlan(other, sign)).toEqual({ trouble });
  });

  it('is of another key where it was signed elsewhere', () => {
    expect(parseSavedPlan(text, (words) => `${sign(words)}!`)).toEqual({ trouble: 'not-ours' });
  });

  const now = { network: 'home', inventory: 'i1', ms: Date.parse(plan.at), items: [item] };
  it.each([
    [{}, []],
    [{ network: 'cabin' }, ['it is of another network: home']],
    [{ inventory: 'i2' }, ['the inventory is another one']],
    [{ ms: Date.parse(plan.expiresAt) }, []],
    [{ ms: Date.parse(plan.expiresAt) + 1 }, ['it was good until 2026-02-19T09:00:00.000Z']],
    [{ items: [] }, ['file/run: is managed no more']],
    [{ items: [{ ...item, before: 'b2' }] }, ['file/run: what is there has become another']],
    [{ items: [{ ...item, after: null }] }, ['file/run: the repo has become another']],
    [{ items: [{ ...item, mode: '0644' }] }, ['file/run: the repo has become another']],
    [{ items: [{ ...item, verdict: 'conflict' }] }, ['file/run: was pending, is conflict']],
    [{ items: [{ ...item, action: 'left' }] }, ['file/run: its action was write, is left']],
    [{ items: [item, { ...item, id: 'file/new' }] }, ['file/new: was not in it']],
  ])('is stale for a reason that is told: %j', (change, reasons) => {
    expect(staleReasons(plan, { ...now, ...change })).toEqual(reasons);
  });
});
