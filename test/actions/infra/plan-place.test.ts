import { describe, expect, it } from 'vitest';
import { planItem } from '../../../src/actions/infra/plan-items.ts';
import type { AppliedFile } from '../../../src/model/applied.ts';
import type { ManagedFile } from '../../../src/model/inventory.ts';
import type { FileSeen } from '../../../src/transports/contract-files.ts';

const seen = (text: string, more: Partial<FileSeen> = {}): FileSeen => ({
  ...{ path: '/srv/x', isThere: true, isLink: false, mode: '0644', owner: '501:20' },
  ...{ text, sha256: `sum of ${text}`, fault: null, ...more },
});
const applied = (text: string, more: Partial<AppliedFile> = {}): AppliedFile => ({
  ...{ sha256: `sum of ${text}`, mode: null, at: '2026-02-18T09:00:00.000Z', apply: 'x' },
  ...{ unreadSince: null, place: null, keys: null, kept: null },
  stood: { mode: '0644', owner: '501:20' },
  ...more,
});

function plan(
  kind: ManagedFile['kind'],
  [repo, live, recorded]: readonly [string, FileSeen, AppliedFile | null],
  overwriteDrift = false,
) {
  const file: ManagedFile = {
    ...{ id: 'x', kind, source: 'infra/x', host: 'here', cluster: null, admin: null },
    ...{ destination: '/srv/x', mode: null, service: null },
  };
  const one = { file, seen: { repo: seen(repo), live }, why: '', recorded, unit: null };
  const planned = planItem({ ...one, isManaged: false, isLoaded: null }, { overwriteDrift });
  const { item, write } = planned;
  const { mode, owner } = write ?? {};
  return { said: `${item.verdict} ${item.action}: ${item.note}`, text: write?.text, mode, owner };
}

describe('a file that hands let lie otherwise than it was applied', () => {
  it.each<[string, ManagedFile['kind'], Partial<FileSeen>, string]>([
    ['mode of a job', 'launchd', { mode: '0666' }, 'mode 0666: others may write it'],
    ['mode of a file', 'file', { mode: '0666' }, 'mode 0666, applied as 0644'],
    ['owner of a job', 'launchd', { owner: '1000:20' }, 'owner 1000:20, applied as 501:20'],
    ['owner of a file', 'file', { owner: '0:0' }, 'owner 0:0, applied as 501:20'],
  ])('%s', (_what, kind, more, note) => {
    const sides = ['a', seen('a', more), applied('a')] as const;
    expect(plan(kind, sides)).toEqual({ said: `drift left: ${note}` });
    const { owner, ...written } = plan(kind, sides, true);
    expect(written).toEqual({ said: `drift write: ${note}`, text: 'a', mode: '0644' });
    expect(owner).toBe(more.owner === undefined ? undefined : '501:20');
    const moved = plan(kind, ['b', sides[1], sides[2]]);
    expect(moved.said).toContain('conflict left: ');
  });

  it('is as it was where nobody has kept how it lay', () => {
    const { stood: _, ...old } = applied('a');
    const other = seen('a', { mode: '0600', owner: '0:0' });
    expect(plan('file', ['a', other, old]).said).toBe('in-sync none: ');
    const unknown = seen('a', { owner: null });
    expect(plan('file', ['a', unknown, applied('a')]).said).toBe('in-sync none: ');
  });
});

describe('an environment that others may read', () => {
  const names = 'KEY=\nURL=http://here\n';
  const open = (text: string): FileSeen => seen(text, { mode: '0644' });
  const stood = { mode: '0600', owner: '501:20' };

  it('has what it lacks added, and its mode is left to a flag', () => {
    const sides = [names, open('KEY=1\n'), applied('', { keys: ['KEY', 'URL'], stood })] as const;
    const text = 'KEY=1\nURL=http://here\n';
    const note = 'it lacks URL; mode 0644, not 0600';
    expect(plan('env', sides)).toEqual({ said: `drift append: ${note}`, text, mode: '0644' });
    expect(plan('env', sides, true)).toEqual({ said: `drift append: ${note}`, text, mode: '0600' });
    const first = plan('env', [names, open('KEY=1\n'), null]);
    expect(first).toEqual({ said: `unmanaged append: ${note}`, text, mode: '0644' });
  });

  it('is told where only a person can fill in what it lacks, and closed with a flag', () => {
    const sides = [names, open('URL=1\n'), applied('', { keys: ['URL'], stood })] as const;
    const note = 'it lacks KEY; mode 0644, not 0600; needs a value: KEY';
    expect(plan('env', sides)).toEqual({ said: `conflict left: ${note}` });
    expect(plan('env', sides, true)).toEqual({
      ...{ said: `conflict write: ${note}`, text: 'URL=1\n', mode: '0600' },
    });
  });
});
