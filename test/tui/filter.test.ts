import { describe, expect, test } from 'vitest';
import { type Filterable, parseFilter } from '../../src/tui/filter.ts';

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
    ['k:', ['worker', 'redis', 'caddy', 'pdf-brain']],
    ['nothing', []],
  ])('%j keeps %j', (filter, names) => expect(kept(filter)).toEqual(names));
});
