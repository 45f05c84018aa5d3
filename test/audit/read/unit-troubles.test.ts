import { expect, it } from 'vitest';
import { unitsOf } from '../../../src/audit/read/units.ts';
import { madeAnswers } from '../made-answers.ts';

const at = 1_795_714_392;
const unit = (more: string): string => `Id=x.service\nLoadState=loaded\n${more}`;

it.each([
  [
    'waits to be started again',
    'ActiveState=activating\nSubState=auto-restart\nNRestarts=26',
    'looping',
  ],
  [
    'has just been started again',
    'ActiveState=active\nSubState=running\nNRestarts=26\nActiveEnterTimestamp=Thu 2026-11-26 17:33:00 UTC',
    'looping',
  ],
  [
    'has left its loop long ago',
    'ActiveState=active\nSubState=running\nNRestarts=26\nActiveEnterTimestamp=Wed 2026-11-25 17:33:00 UTC',
    undefined,
  ],
  ['has ended once', 'ActiveState=activating\nSubState=auto-restart\nNRestarts=1', undefined],
  ['was changed', 'ActiveState=active\nSubState=running\nNeedDaemonReload=yes', 'changed'],
  ['does not come up', 'ActiveState=activating\nSubState=start', 'starting'],
  ['runs', 'ActiveState=active\nSubState=running\nNRestarts=0', undefined],
])('a unit that %s', (_, more, trouble) => {
  const answers = madeAnswers({ services: unit(more), clock: `${at}` });
  expect(unitsOf(answers).troubled?.[0]?.trouble).toBe(trouble);
});
