import { expect, test } from 'vitest';
import { anewDeeds } from '../../src/actions/infra/anew-deeds.ts';
import type { Service } from '../../src/model/inventory.ts';

const service = (manager: object): Service => ({ manager }) as Service;
const systemd = service({ kind: 'systemd', unit: 'a.service', user: false });

test('systemd reads a unit that was written, enables a new one, and restarts it last', () => {
  const { reads, wishes } = anewDeeds(systemd, { unitWritten: true, isNew: true });
  expect(reads.map(({ argv }) => argv)).toEqual([
    ['systemctl', '--no-ask-password', 'daemon-reload'],
  ]);
  expect(wishes).toEqual([
    { verb: 'enable', object: null },
    { verb: 'restart', object: null, isWritten: true },
  ]);
});

test('where only other files were written it is restarted and nothing else', () => {
  const { reads, wishes } = anewDeeds(systemd, { unitWritten: false, isNew: false });
  expect(reads).toEqual([]);
  expect(wishes).toEqual([{ verb: 'restart', object: null, isWritten: false }]);
  const launchd = service({ kind: 'launchd', label: 'a' });
  expect(anewDeeds(launchd, { unitWritten: true, isNew: true })).toEqual({
    reads: [],
    wishes: [{ verb: 'restart', object: null, isWritten: true }],
  });
});
