import { describe, expect, it } from 'vitest';
import { acceptFunctions } from '../../src/kinds/inngest/accept.ts';
import type { Result } from '../../src/model/result.ts';
import type { Tree } from '../support/inngest-recorded.ts';
import { recordedApp, sampleOf, troubledParts } from './inngest-server.ts';
import { previousOf, verdictOf } from './look.ts';

const name = 'system/adr-sync';
const cron = { type: 'CRON', value: '0 * * * *' };
const event = { type: 'EVENT', value: 'system/adr.edited' };
const other = { type: 'EVENT', value: 'system/adr.changed' };
const slower = { type: 'CRON', value: '30 * * * *' };

/** The recorded app with other triggers of its adr-sync. */
function startedBy(...triggers: readonly object[]): Tree {
  const app = recordedApp();
  const functions = app.functions.map((one: Tree) =>
    one.name === name ? { ...one, triggers } : one,
  );
  return { ...app, functions };
}

/** A sample after others, whose server said so of adr-sync one after another. */
async function sampled(...sets: readonly (readonly object[])[]): Promise<Result> {
  let last: Result | undefined;
  for (const triggers of sets) {
    last = await sampleOf({
      app: startedBy(...triggers),
      crons: last ? [] : [{ id: 'b755d0d4-9646-5115-84cc-18a67c725252', cadenceMs: 3_600_000 }],
      ...(last ? { previous: previousOf(last) } : {}),
    });
  }
  if (!last) throw new Error('no sample');
  return last;
}

const partOf = ({ parts }: Result): Result['parts'][number] | undefined =>
  parts.find((one) => one.name === name);

describe('the triggers of a function', () => {
  it.each([
    ['that stay are no word', [[cron, event]], 'up: ', []],
    ['in another order are the same', [[event, cron]], 'up: ', []],
    ['that are added are accepted at once', [[cron, event, other]], 'up: ', []],
    [
      'that are replaced are told, and the function works',
      [[slower, event]],
      'up: its triggers changed: was cron 0 * * * * and system/adr.edited, is cron 30 * * * * and system/adr.edited',
      ['triggers-changed'],
    ],
    [
      'that went with nothing in their place start nothing any more',
      [[cron]],
      'degraded: its triggers changed: was cron 0 * * * * and system/adr.edited, is cron 0 * * * *',
      ['triggers-changed'],
    ],
    [
      'of one type stand for none of the other: a cron is no event',
      [[event, other]],
      'degraded: its triggers changed: was cron 0 * * * * and system/adr.edited, is system/adr.changed and system/adr.edited',
      ['triggers-changed'],
    ],
    [
      'that went all together are none',
      [[]],
      'degraded: its triggers changed: was cron 0 * * * * and system/adr.edited, is none',
      ['triggers-changed'],
    ],
    ['that came back are no word', [[cron], [event, cron]], 'up: ', []],
    [
      'that the server takes back to what they were before a deploy are lost',
      [
        [cron, event, other],
        [cron, event],
      ],
      'degraded: its triggers changed: was cron 0 * * * * and system/adr.changed and system/adr.edited, is cron 0 * * * * and system/adr.edited',
      ['triggers-changed'],
    ],
  ])('%s', async (_title, sets, verdict, marks) => {
    const part = partOf(await sampled([cron, event], ...sets));
    expect(`${part?.verdict.state}: ${part?.verdict.note}`).toBe(verdict);
    expect(part?.facts['marks']).toEqual(marks);
  });

  it('that are lost are the server’s trouble, those that are replaced are not', async () => {
    expect(verdictOf(await sampled([cron, event], [cron]))).toMatch(
      /^degraded: system\/adr-sync: its triggers changed: was /,
    );
    expect(verdictOf(await sampled([cron, event], [slower, event]))).toBe('up: 14 functions');
  });

  it('are told sample after sample, until they are accepted', async () => {
    const lost = await sampled([cron, event], [cron], [cron], [cron]);
    expect(partOf(lost)?.verdict.state).toBe('degraded');
    const accepted = acceptFunctions(lost.facts, true);
    expect(accepted.triggers).toEqual([{ name, was: [cron, event], is: [cron] }]);
    expect(accepted.forgotten).toEqual([]);
    const previous = { ...previousOf(lost), facts: accepted.facts };
    const next = await sampleOf({ app: startedBy(cron), crons: [], previous });
    expect(verdictOf(next)).toBe('up: 14 functions');
    expect(acceptFunctions(next.facts, true).triggers).toEqual([]);
  });
});

describe('accepting what is registered', () => {
  const few = (): Tree => {
    const app = recordedApp();
    const gone = ['video-download', 'memory/observe-session'];
    return { ...app, functions: app.functions.filter((one: Tree) => !gone.includes(one.name)) };
  };

  it('forgets what is missing, and the next sample expects no more', async () => {
    const first = await sampleOf();
    const missing = await sampleOf({ app: few(), crons: [], previous: previousOf(first) });
    expect(verdictOf(missing)).toContain('not registered: ');
    const { facts, forgotten } = acceptFunctions(missing.facts, true);
    expect(forgotten).toEqual(['memory-observe-session', 'video-download']);
    const previous = { ...previousOf(missing), facts };
    const next = await sampleOf({ app: few(), crons: [], previous });
    expect(verdictOf(next)).toBe('up: 12 functions');
    expect(next.parts).toHaveLength(12);
    expect(next.facts).toMatchObject({ expected: 12, missing: [] });
  });

  it('leaves the names to the inventory where it lists them', async () => {
    const names = recordedApp().functions.map((one: Tree) => one.name);
    const spec = { expect: names };
    const missing = await sampleOf({ app: few(), spec });
    const { facts, forgotten } = acceptFunctions(missing.facts, false);
    expect(forgotten).toEqual([]);
    const previous = { ...previousOf(missing), facts };
    const next = await sampleOf({ app: few(), crons: [], spec, previous });
    expect(troubledParts(next)).toHaveLength(2);
  });

  it('takes damaged facts for nothing', () => {
    const damaged = { baseline: [1, 'gone'], functions: [null, { registered: true }, 'x'] };
    expect(acceptFunctions(damaged, true)).toMatchObject({ forgotten: ['gone'], triggers: [] });
  });
});
