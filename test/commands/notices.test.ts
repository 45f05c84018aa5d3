import { beforeEach, expect, test } from 'vitest';
import { createNotices, type Notices } from '../../src/commands/notices.ts';
import { openLab } from '../frames/lab-store.ts';

let log: string[];
let store: ReturnType<typeof openLab>['store'];
let notice: Notices;
beforeEach(() => {
  log = [];
  store = openLab('healthy').store;
  notice = createNotices(store, (line) => log.push(line));
});

test('two troubles are told one after the other, each until it is over', () => {
  notice('state', 'nothing is kept');
  notice('inventory', 'line 12 is wrong');
  expect(store.getState().notice).toBe('line 12 is wrong');
  notice('inventory', null);
  expect(store.getState().notice).toBe('nothing is kept');
  notice('state', null);
  expect(store.getState().notice).toBeNull();
});

test('the log has each once, and when it was over', () => {
  for (let round = 0; round < 3; round++) notice('state', 'nothing is kept');
  notice('state', null);
  notice('state', null);
  expect(log).toEqual(['nothing is kept', 'this is over: nothing is kept']);
});
