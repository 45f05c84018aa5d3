import { expect, test } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import { servingText } from '../../src/outputs/infra-question.ts';

const blastRadius = {
  ...{ runningRuns: 2, queuedRuns: 0, apps: ['system-bus'], dependents: ['panda/site'] },
  critical: true,
};
const plan: Plan = {
  ...{ action: 'restart', service: 'panda/worker', object: null, host: 'panda' },
  ...{ manager: 'launchd', unit: 'com.joel.worker', risk: 'disruptive', wantsName: null },
  ...{ needless: null, steps: [], commands: ['launchctl kickstart -k worker'], blastRadius },
  ...{ warnings: [], refusals: [] },
};
const none = { plan: null, blastRadius: null, words: [] };

test('what is started anew is told with its command, its risk and that it is critical', () => {
  expect(servingText([{ ...none, service: 'panda/worker', plan }]).split('\n')).toEqual([
    'panda/worker, once it is written',
    '  then      restart panda/worker: launchd com.joel.worker on panda',
    '  risk      disruptive, a critical service',
    '  runs      launchctl kickstart -k worker',
    '  in flight 2 running, 0 queued of system-bus',
    '  reaches   panda/site',
    '',
  ]);
});

test('of what nothing is started for nothing is told', () => {
  expect(servingText([{ ...none, service: null }])).toBe('');
});
