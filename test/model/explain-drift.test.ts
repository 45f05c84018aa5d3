import { describe, expect, it } from 'vitest';
import { explain } from '../../src/model/explain.ts';
import type { ManagedFile } from '../../src/model/inventory.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { DriftReport } from '../../src/model/report.ts';
import type { State } from '../../src/model/state.ts';
import { checkOf, hostOf, inventoryOf, serviceOf, startMs, stateOf } from './made.ts';

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

describe('what runs of the managed files', () => {
  const unit = { kind: 'systemd', unit: 'web.service', user: false } as const;
  const well = { id: 'file/run', verdict: 'in-sync', note: '', change: null, isRecorded: true };
  const runs = { unitType: 'service', loadState: 'loaded', activeState: 'active' };

  /** The one file of a service, what its check has found of it, and what its unit was seen to be. */
  function itemOf(kind: ManagedFile['kind'], found: JsonObject, facts: JsonObject = runs) {
    const own = { ...file, kind, service: 'a/web' };
    const services = [serviceOf('a/web', { manager: unit })];
    const inventory = { ...inventoryOf({ hosts: [hostOf('a')], services }), files: [own] };
    const checks = [
      checkOf('a/files', { kind: 'file', service: null }),
      checkOf('a/web/systemd', { kind: 'systemd' }),
    ];
    const state = stateOf({ 'a/files': 'up', 'a/web/systemd': 'up' }, (check) => ({
      facts: check === 'a/files' ? { files: [{ ...well, ...found }] } : facts,
    }));
    const [item] = explain({ inventory, checks }, state, startMs).drift.items;
    return item && `${item.verdict}${item.reloadNeeded ? ' reload-needed' : ''}: ${item.note}`;
  }

  it.each<[ManagedFile['kind'], JsonObject, JsonObject, string]>([
    ['systemd', {}, runs, 'in-sync: '],
    [
      'systemd',
      {},
      { ...runs, needsDaemonReload: true },
      'in-sync reload-needed: reload-needed: systemd has not read it yet',
    ],
    [
      'systemd',
      { verdict: 'pending', note: 'its text differs' },
      { ...runs, needsDaemonReload: true },
      'pending reload-needed: its text differs; reload-needed: systemd has not read it yet',
    ],
    [
      'systemd',
      { verdict: 'missing', note: 'not there' },
      { loadState: 'not-found' },
      'missing: not there',
    ],
    ['systemd', {}, {}, 'unknown: what runs could not be looked at: it is up'],
    [
      'systemd',
      {},
      { ...runs, dropIns: ['/etc/systemd/system/web.service.d/x.conf'] },
      'drift: changed by /etc/systemd/system/web.service.d/x.conf, which files do not name',
    ],
    [
      'caddyfile',
      { isLoaded: false },
      runs,
      'in-sync reload-needed: reload-needed: Caddy runs with another configuration',
    ],
    [
      'caddyfile',
      { isLoaded: null, notTold: 'no answer' },
      runs,
      'unknown: what runs could not be looked at: no answer',
    ],
    [
      'env',
      { unreadSince: '2026-02-18T08:00:00.000Z' },
      { ...runs, activeSince: '2026-02-18T07:00:00.000Z' },
      'in-sync reload-needed: reload-needed: what runs was not started anew since it was written at 2026-02-18T08:00:00.000Z',
    ],
  ])('%s found as %j, its unit as %j', (kind, found, facts, expected) => {
    expect(itemOf(kind, found, facts)).toBe(expected);
  });
});
