import { expect, it } from 'vitest';
import { settle } from '../../../src/actions/infra/settle.ts';
import { type AppliedFile, sumToCome } from '../../../src/model/applied.ts';
import { applyLogOf, hasChanged, type LoggedWrite } from '../../../src/model/apply-log.ts';
import type { JsonObject } from '../../../src/model/json.ts';

const at = '2026-02-18T09:00:00.000Z';
const entry = (sha256: string): AppliedFile => ({
  ...{ sha256, mode: null, at, apply: 'x', unreadSince: null, place: null, keys: null, kept: null },
});
const write: LoggedWrite = {
  ...{ item: 'file/run', kind: 'file', host: 'here', path: '/srv/run', service: 'here/web' },
  before: { name: 'run.before', mode: '0644', owner: null },
  after: { name: 'run.after', mode: '0644', owner: null },
  place: null,
  recordBefore: entry('old'),
  recordAfter: { ...entry(sumToCome), unreadSince: at },
};
const begin = { type: 'begin', at, actor: 'joel@panda', undoes: null, items: ['file/run'] };
const intent = { type: 'intent', at, write } as unknown as JsonObject;
const logOf = (...lines: readonly JsonObject[]) => {
  const log = applyLogOf('one', [begin, ...lines]);
  if (log === null) throw new Error('no log');
  return log;
};
const done = { type: 'done', at, item: 'file/run' };
const service = { type: 'service', at, service: 'here/web', note: 'restart' };

it.each<[string, readonly JsonObject[], 'before' | 'after' | 'other', AppliedFile]>([
  ['was not written yet', [intent], 'before', entry('old')],
  ['was written and not recorded', [intent], 'after', { ...entry('new'), unreadSince: at }],
  [
    'was recorded, and nothing started anew',
    [intent, done, service],
    'after',
    { ...entry('new'), unreadSince: at },
  ],
  [
    'was started anew',
    [intent, done, service, { ...service, type: 'served' }],
    'after',
    entry('new'),
  ],
  [
    'was put back',
    [intent, done, { ...done, type: 'restore' }],
    'before',
    { ...entry('old'), unreadSince: at },
  ],
  ['is what somebody made of it', [intent], 'other', entry('kept')],
])('a file that %s', (_what, lines, stands, expected) => {
  const applied = new Map([['file/run', entry('kept')]]);
  const found = [{ item: 'file/run', stands, sha256: stands === 'after' ? 'new' : 'old' } as const];
  expect(settle(applied, logOf(...lines), found).get('file/run')).toEqual(expected);
});

it('a file that was not there before is forgotten where it was not written', () => {
  const log = logOf({
    type: 'intent',
    at,
    write: { ...write, before: null, recordBefore: null },
  } as unknown as JsonObject);
  const found = [{ item: 'file/run', stands: 'before', sha256: null } as const];
  expect(settle(new Map([['file/run', entry('kept')]]), log, found).size).toBe(0);
});

it('a journal says how far it came, also where its last line was cut off', () => {
  expect(applyLogOf('one', [done])).toBe(null);
  const log = logOf(intent, done, service);
  expect(log).toMatchObject({ outcome: null, services: [{ service: 'here/web', note: null }] });
  expect(log.writes[0]).toMatchObject({ item: 'file/run', isDone: true, restore: 'none' });
  expect(hasChanged(log)).toBe(true);
  expect(hasChanged(logOf(intent, done, { ...done, type: 'restored' }))).toBe(false);
  expect(logOf({ type: 'end', at, outcome: 'done' }).outcome).toBe('done');
});
