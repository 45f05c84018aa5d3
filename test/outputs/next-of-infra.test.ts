import { describe, expect, it } from 'vitest';
import type { InfraItem } from '../../src/model/infra.ts';
import { nextOfApplied, nextOfPlan } from '../../src/outputs/next-of-infra.ts';

const item = (id: string, more: Partial<InfraItem>): InfraItem => ({
  ...{ id, kind: 'file', host: 'here', source: 'a', destination: '/b', service: null },
  ...{ verdict: 'in-sync', reloadNeeded: false, note: '', action: 'none', ...more },
});
const where = ' --root /net';
const commands = (items: readonly InfraItem[], planFile: string | null = null) =>
  nextOfPlan(items, { where, planFile }).map(({ command }) => command);

describe('what an agent may do next about managed files', () => {
  it('has nothing to say where all is as it is to be', () => {
    const record = item('file/a', { verdict: 'converged', action: 'record' });
    expect(commands([record, item('file/b', {})])).toEqual([]);
  });

  it('applies what is to do, by the plan that was kept where one was', () => {
    const items = [
      item('file/a', { verdict: 'pending', action: 'write' }),
      item('file/b', { verdict: 'in-sync', action: 'reload', reloadNeeded: true }),
    ];
    expect(commands(items)).toEqual(['joelclaw infra apply --yes --json --root /net']);
    expect(commands(items, 'my plan')).toEqual([
      "joelclaw infra apply 'my plan' --yes --json --root /net",
    ]);
  });

  it('never goes over what hands have made: it looks', () => {
    const items = [
      item('file/a b', { verdict: 'conflict', action: 'left' }),
      item('file/c', { verdict: 'pending', action: 'left' }),
      item('file/d', { verdict: 'unknown', action: 'left', note: 'no answer' }),
      item('file/e', { verdict: 'unknown', action: 'left', host: null }),
    ];
    expect(commands(items)).toEqual([
      'joelclaw status here --json --root /net',
      'joelclaw infra diff --only file/e --json --root /net',
      "joelclaw infra diff --only 'file/a b' --json --root /net",
    ]);
  });

  it('of what is left in a cluster says what its note says, and what goes over hands', () => {
    const note = 'edited; and its cluster is not pinned';
    const more = { kind: 'k8s', host: null, action: 'left', note } as const;
    const items = [
      item('k8s/a', { ...more, verdict: 'drift' }),
      item('k8s/b', { ...more, verdict: 'missing' }),
    ];
    expect(nextOfPlan(items, { where, planFile: null })).toEqual([
      {
        command: 'joelclaw infra diff --only k8s/a --json --root /net',
        description: `k8s/a is drift: ${note}; --overwrite-drift goes over it`,
      },
      {
        command: 'joelclaw infra diff --only k8s/b --json --root /net',
        description: `k8s/b is missing: ${note}`,
      },
    ]);
  });

  it('looks at what failed, and plans anew', () => {
    const steps = [
      { id: 'file/a', what: 'write', state: 'failed', note: 'its disk is full' },
      { id: 'here/web', what: 'service', state: 'rolled-back', note: '' },
      { id: 'file/b', what: 'write', state: 'not-run', note: '' },
    ];
    const next = nextOfApplied([], { outcome: 'rolled-back', isStale: false, steps }, where);
    expect(next).toEqual([
      {
        command: 'joelclaw infra diff --only file/a --json --root /net',
        description: 'file/a: its disk is full',
      },
      { command: 'joelclaw status here/web --json --root /net', description: 'here/web: failed' },
      { command: 'joelclaw infra plan --json --root /net', description: 'what is left to do' },
    ]);
    const done = { outcome: 'done', isStale: false, steps: [] };
    expect(nextOfApplied([item('file/a', {})], done, where)).toEqual([]);
  });
});
