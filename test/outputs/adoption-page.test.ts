import { describe, expect, it } from 'vitest';
import type { AdoptionPlan } from '../../src/model/adoption.ts';
import { adoptedText, adoptionPlanText } from '../../src/outputs/adoption-page.ts';

const plan: AdoptionPlan = {
  ...{ service: 'box/web', host: 'box', unit: 'web.service', source: 'infra/systemd/web.service' },
  text: '[Unit]\n\n[Service]\n',
  changes: [
    { file: 'infra/systemd/web.service', lines: ['+[Unit]'] },
    { file: 'inventory.yaml', lines: [] },
  ],
  exposure: 1.9,
  migration: [{ title: 'stop tmux web', command: 'kill 900', undo: 'tmux new-session -d' }],
  warnings: ['it runs as root: give it a user of its own'],
  refusals: [],
};
const refusals = [{ code: 'NOT_OFFERED', message: 'it is a container', hint: 'leave it' }];

describe('what adopting would do', () => {
  it('shows the unit, its proof, the difference and each step with its undo', () => {
    expect(
      adoptionPlanText(plan),
    ).toBe(`web.service for box/web, as box runs it now (infra/systemd/web.service)

  [Unit]

  [Service]

  verified  by systemd of box, exposed by 1.9 of 10
  note      it runs as root: give it a user of its own

infra/systemd/web.service:
  +[Unit]

what joelclaw infra apply does then, and takes back when the unit is not well:
  1. stop tmux web
     kill 900
     undo: tmux new-session -d
`);
  });

  it('tells what systemd has against it, and that the repo has it already', () => {
    const text = adoptionPlanText({ ...plan, changes: [], exposure: null }, ['Unknown key']);
    expect(text).toContain('  against   systemd of box: Unknown key\n');
    expect(text).toContain('\nthe repo has all of it already\n');
    expect(adoptionPlanText({ ...plan, exposure: null })).toContain('by systemd of box\n');
  });

  it('says why there is none', () => {
    expect(adoptionPlanText({ ...plan, refusals })).toBe(
      'box/web is not adopted\n  not       it is a container\n            → leave it\n',
    );
  });
});

it.each<[Parameters<typeof adoptedText>[0], string]>([
  [
    {
      ...{ plan, outcome: 'done', receipt: { verified: true, exposure: 1.9, note: 'apply it' } },
      steps: [{ title: 'write it', state: 'done', said: '' }],
    },
    'box/web: adoption done\n  ✓ write it\n  apply it\n',
  ],
  [
    {
      ...{ plan, outcome: 'failed', receipt: { verified: false, exposure: null, note: '' } },
      steps: [{ title: 'verify it', state: 'failed', said: 'Unknown key' }],
    },
    'box/web: adoption failed\n  ✕ verify it: Unknown key\n',
  ],
  [
    { plan: { ...plan, refusals }, outcome: 'refused', receipt: null, steps: [] },
    'box/web: adoption refused\n  not it is a container\n      → leave it\n',
  ],
])('tells what came of an adoption (%#)', (adopted, text) => {
  expect(adoptedText(adopted)).toBe(text);
});
