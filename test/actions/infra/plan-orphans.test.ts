import { expect, it } from 'vitest';
import { orphansOf, planOrphan } from '../../../src/actions/infra/plan-orphans.ts';
import type { AppliedFile } from '../../../src/model/applied.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { FileKind } from '../../../src/model/inventory.ts';
import type { FileSeen } from '../../../src/transports/contract-files.ts';
import { inventoryOf } from '../../inventory/read.ts';

const entry = (host: string, kind = 'file'): AppliedFile => ({
  ...{ sha256: 'aa', mode: null, at: '2026-02-18T09:00:00.000Z', apply: 'x' },
  ...{ unreadSince: null, keys: null, kept: null, place: { kind, host, path: '/srv/run' } },
});
const live: FileSeen = {
  ...{ path: '/srv/run', isThere: true, isLink: false, mode: '0755', owner: null },
  ...{ text: 'a', sha256: 'aa', fault: null },
};
const plan = (seen: FileSeen | null, prune: boolean, kind: FileKind = 'file') => {
  const applied = new Map([['file/run', entry('here', kind)]]);
  const orphan = { id: 'file/run', kind, host: 'here', path: '/srv/run' };
  return planOrphan(orphan, { live: seen, applied, prune });
};

it('an orphan is what the record has and the inventory has not, on a host that there is', () => {
  const inventory = inventoryOf(`version: 1
name: orphans
hosts: [{name: here}]
files: [{source: infra/two, kind: file, host: here, destination: /srv/two}]
`);
  const applied = new Map([
    ['file/two', entry('here')],
    ['file/run', entry('here')],
    ['file/far', entry('gone')],
  ]);
  expect(orphansOf(inventory, applied).map(({ id }) => id)).toEqual(['file/run']);
});

it.each<[string, FileSeen | null, boolean, FileKind, string]>([
  ['is kept without a flag', live, false, 'file', 'orphan left'],
  ['is taken away with one', live, true, 'file', 'orphan delete'],
  ['is kept where it was changed', { ...live, sha256: 'bb' }, true, 'file', 'orphan left'],
  ['is kept where it is a link', { ...live, isLink: true }, true, 'file', 'orphan left'],
  ['is kept where it holds values', live, true, 'env', 'orphan left'],
  [
    'is forgotten where it is gone',
    { ...live, isThere: false, sha256: null },
    false,
    'file',
    'orphan record',
  ],
  ['is not known where nobody can look', null, true, 'file', 'unknown left'],
  [
    'is not known where it cannot be read',
    { ...live, fault: faultOf('forbidden', 'no') },
    true,
    'file',
    'unknown left',
  ],
])('an orphan %s', (_what, seen, prune, kind, words) => {
  const { item, write } = plan(seen, prune, kind);
  expect(`${item.verdict} ${item.action}`).toBe(words);
  expect(write !== null).toBe(item.action === 'delete');
});
