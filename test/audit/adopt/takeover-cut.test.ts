import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { takeoverScript } from '../../../src/audit/adopt/takeover-script.ts';
import type { Adoption } from '../../../src/model/adoption.ts';
import { lookOf } from './seen.ts';

const adoption: Adoption = {
  ...{ id: 'a', at: '2026-01-01T00:00:00Z', service: 'box/pdf-brain', host: 'box' },
  ...{ unit: 'joelclaw-no-such.service', port: null, boot: null },
  manager: { kind: 'nohup', name: null },
  process: lookOf().process,
};

it('a script of a takeover that was cut off on its way runs no command', () => {
  const takeover = { adoption, wasRunning: true, wasEnabled: false };
  const script = takeoverScript('look', takeover, '');
  const last = script.lastIndexOf('\n', script.length - 2) + 1;
  const run = (input: string) => spawnSync('/bin/sh', ['-s'], { input, encoding: 'utf8' });
  const whole = run(script);
  expect(whole.stdout + whole.stderr).toMatch(/^(?:gone|only root may take over there)\n/);
  for (let end = last + 1; end < script.length - 1; end++) {
    const { stdout, stderr } = run(script.slice(0, end));
    expect([script.slice(last, end), stdout + stderr]).toEqual([
      expect.any(String),
      expect.not.stringContaining(whole.stdout || whole.stderr),
    ]);
  }
});
