import { describe, expect, it } from 'vitest';
import { compare } from '../../../src/kinds/file/compare.ts';
import type { FileVerdict } from '../../../src/model/file-verdict.ts';
import type { FileSeen } from '../../../src/transports/contract-files.ts';

const kept = { unreadSince: null, place: null, keys: null, kept: null };
const at = '2026-02-18T09:00:00.000Z';

function seen(text: string, more: Partial<FileSeen> = {}): FileSeen {
  const there = { path: '/p', isThere: true, isLink: false, mode: '0644', owner: null };
  return { ...there, text, sha256: `sum of ${text}`, fault: null, ...more };
}

const none = seen('', { isThere: false, mode: null, sha256: null });

describe('what the repo says, what was applied and what is there', () => {
  it.each<[string, FileSeen, string | null, string | null, FileVerdict]>([
    ['a', seen('a'), 'a', null, 'in-sync'],
    ['b', seen('a'), 'a', null, 'pending'],
    ['a', seen('b'), 'a', null, 'drift'],
    ['b', seen('b'), 'a', null, 'converged'],
    ['b', seen('c'), 'a', null, 'conflict'],
    ['a', seen('a'), null, null, 'in-sync'],
    ['a', seen('b'), null, null, 'unmanaged'],
    ['a', none, 'a', null, 'missing'],
    ['b', none, 'a', null, 'missing'],
    ['a', none, null, null, 'missing'],
    ['a', seen('a', { mode: '0600' }), 'a', null, 'in-sync'],
    ['a', seen('a', { mode: '0600' }), 'a', '0644', 'drift'],
    ['a', seen('a', { isLink: true }), 'a', null, 'drift'],
    ['b', seen('a', { isLink: true }), 'a', null, 'conflict'],
  ])('repo %j, there %j, applied %j (mode %j): %s', (repo, live, applied, mode, verdict) => {
    const found = compare(
      { id: 'x', kind: 'file', source: 'infra/x', mode },
      {
        repo: seen(repo),
        live,
        applied:
          applied === null ? null : { sha256: `sum of ${applied}`, mode, at, apply: '1', ...kept },
      },
    );
    expect(found.verdict).toBe(verdict);
  });

  it('a mode that was applied and is declared no more is no change of the file', () => {
    const wanted = { id: 'x', kind: 'file', source: 'infra/x', mode: null } as const;
    const applied = { sha256: 'sum of a', mode: '0600', at, apply: '1', ...kept };
    expect(compare(wanted, { repo: seen('a'), live: seen('a'), applied }).verdict).toBe(
      'converged',
    );
  });
});
