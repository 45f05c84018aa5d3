import { describe, expect, it } from 'vitest';
import { explain } from '../../src/model/explain.ts';
import type { ManagedFile } from '../../src/model/inventory.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { DriftReport } from '../../src/model/report.ts';
import type { State } from '../../src/model/state.ts';
import { checkOf, hostOf, inventoryOf, startMs, stateOf } from './made.ts';

const file: ManagedFile = {
  id: 'file/run',
  kind: 'file',
  source: 'infra/run',
  host: 'a',
  cluster: null,
  destination: '/run',
  mode: null,
  service: null,
  admin: null,
};

interface Scene {
  readonly files?: readonly ManagedFile[];
  readonly states?: Readonly<Record<string, State>>;
  readonly found?: readonly JsonObject[];
  readonly afterMs?: number;
}

/** Host `a` and what its check of files has found. */
function scene({ files = [file], states = { 'a/files': 'up' }, found = [], afterMs = 0 }: Scene) {
  const inventory = { ...inventoryOf({ hosts: [hostOf('a')] }), files };
  const checks = [
    checkOf('a/host', { kind: 'host', service: null }),
    checkOf('a/files', {
      kind: 'file',
      service: null,
      parents: [{ check: 'a/host', through: true }],
    }),
    checkOf('a/manifests:k', { kind: 'manifests', service: null }),
  ];
  const state = stateOf(states, () => ({ facts: { files: found } }));
  return explain({ inventory, checks }, state, startMs + afterMs);
}

const verdicts = ({ items }: DriftReport): readonly string[] =>
  items.map(({ id, verdict, note }) => `${id} ${verdict}: ${note}`);

describe('the managed files', () => {
  it('stand as their check has found them, and the whole as the gravest', () => {
    const two = { ...file, id: 'file/two' };
    const change = { added: 1, removed: 0, lines: ['+a'] };
    const { drift } = scene({
      files: [file, two],
      found: [
        { id: 'file/run', verdict: 'in-sync', note: '', change: null },
        { id: 'file/two', verdict: 'unmanaged', note: 'its text differs', change },
      ],
    });
    expect(drift.state).toBe('unmanaged');
    expect(verdicts(drift)).toEqual(['file/run in-sync: ', 'file/two unmanaged: its text differs']);
    expect(drift.items[1]).toMatchObject({ change, check: 'a/files', because: null });
  });

  it('are no trouble of their host', () => {
    const { nodes, summary } = scene({
      states: { 'a/host': 'up', 'a/files': 'up' },
      found: [{ id: 'file/run', verdict: 'missing', note: 'not there', change: null }],
    });
    expect(nodes[0]).toMatchObject({ state: 'up' });
    expect(nodes[0]?.checks.map(({ id }) => id)).toEqual(['a/host']);
    expect(summary.state).toBe('up');
  });

  it.each<[string, Scene, string]>([
    ['not measured yet', { states: {} }, 'unknown: not measured yet'],
    ['not named by the answer', {}, 'unknown: not compared yet'],
    [
      'of a look that failed',
      { states: { 'a/host': 'up', 'a/files': 'unknown' } },
      'unknown: it is unknown',
    ],
    [
      'too old',
      { found: [{ id: 'file/run', verdict: 'in-sync', note: '' }], afterMs: 100_000 },
      'unknown: stale, last up',
    ],
    [
      'behind a host that is down',
      { states: { 'a/host': 'down', 'a/files': 'unknown' } },
      'unknown: a/host is down',
    ],
    [
      'that another version has judged',
      { found: [{ id: 'file/run', verdict: 'strange', note: 'x' }] },
      'unknown: x',
    ],
  ])('%s are not known', (_title, more, expected) => {
    const { drift } = scene(more);
    expect(verdicts(drift)).toEqual([`file/run ${expected}`]);
    expect(drift.state).toBe('unknown');
  });

  it('of a cluster are those that its own check has compared', () => {
    const files = [{ ...file, kind: 'k8s' as const, host: null, cluster: 'k' }];
    const found = [{ id: 'file/run', verdict: 'drift', note: 'edited', change: null }];
    const states = { 'a/files': 'up', 'a/manifests:k': 'up' } as const;
    expect(verdicts(scene({ files, found, states }).drift)).toEqual(['file/run drift: edited']);
    const elsewhere = files.map((one) => ({ ...one, cluster: 'other' }));
    expect(verdicts(scene({ files: elsewhere, found, states }).drift)).toEqual([
      'file/run unknown: it goes nowhere: name its cluster',
    ]);
  });

  it('that there are none of is nothing to say', () => {
    expect(scene({ files: [] }).drift).toEqual({
      state: 'n/a',
      note: 'the inventory names no files',
      items: [],
    });
  });
});
