import { describe, expect, test } from 'vitest';
import { type Filterable, filterFault, parseFilter } from '../../src/tui/filter.ts';

const row = (id: string, more: Partial<Filterable> = {}): Filterable => {
  const [host = '', name = ''] = id.split('/');
  return { id, host, name, kind: 'launchd', state: 'up', note: '', ...more };
};

const rows: readonly Filterable[] = [
  row('panda/worker', { state: 'down', note: 'connection refused' }),
  row('panda/redis', { kind: 'k8s', note: 'PONG' }),
  row('panda/caddy', { note: 'TLS proxy' }),
  row('clanker-001/pdf-brain', { kind: 'none', state: 'degraded', note: '700 docs (old)' }),
];

const kept = (filter: string): readonly string[] =>
  rows.filter(parseFilter(filter)).map(({ name }) => name);

describe('the filter', () => {
  test.each([
    ['', ['worker', 'redis', 'caddy', 'pdf-brain']],
    ['PONG', ['redis']],
    ['pong', ['redis']],
    ['tls proxy', ['caddy']],
    ['down', ['worker']],
    ['!panda', ['pdf-brain']],
    ['!', ['worker', 'redis', 'caddy', 'pdf-brain']],
    ['~wrk', ['worker']],
    ['~pbr', ['pdf-brain']],
    ['~panda', []],
    ['^panda/(re|ca)', ['redis', 'caddy']],
    ['proxy$|pong', ['redis', 'caddy']],
    ['(old', ['pdf-brain']],
    ['.', []],
    ['k:k8s', ['redis']],
    ['s:de', ['pdf-brain']],
    ['h:panda k:launchd', ['worker', 'caddy']],
    ['h:panda refused', ['worker']],
    ['h:panda !refused', ['redis', 'caddy']],
    ['!k:k8s', ['worker', 'caddy', 'pdf-brain']],
    ['!s:up', ['worker', 'pdf-brain']],
    ['h:panda !s:up', ['worker']],
    ['s:degraded|down', ['worker', 'pdf-brain']],
    ['s:degraded|', ['pdf-brain']],
    ['s:de|(', ['pdf-brain']],
    ['!k:', ['worker', 'redis', 'caddy', 'pdf-brain']],
    ['k:', ['worker', 'redis', 'caddy', 'pdf-brain']],
    ['nothing', []],
  ])('%j keeps %j', (filter, names) => expect(kept(filter)).toEqual(names));

  test.each(['ca[', 'ca[^', 'ca(', 'ca(d|', 'ca(?', 'ca\\', 'h:panda ca('])(
    '%j, which is not finished, keeps what its beginning does',
    (filter) => expect(kept(filter)).toEqual(['caddy']),
  );

  test.each(['(', '[', '(re|', '(re|ca', '!(', 's:('])(
    '%j, as the beginning of a regex, empties no list',
    (filter) => expect(kept(filter).length).toBeGreaterThan(0),
  );

  test.each([
    ['in[', 'unterminated character class'],
    ['(', 'unterminated group'],
    ['*', 'nothing to repeat'],
    ['!worker(', 'unterminated group'],
    ['h:panda x(', 'unterminated group'],
    ['s:up|(', 'unterminated group'],
  ])('%j is no regex: %s', (filter, fault) => expect(filterFault(filter)).toBe(fault));

  test.each(['', 'plain text', '!', '~(', '^panda/(re|ca)', 's:degraded|down', 'a{2'])(
    '%j has no fault',
    (filter) => expect(filterFault(filter)).toBeNull(),
  );
});
