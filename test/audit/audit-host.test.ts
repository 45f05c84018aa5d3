import { expect, it } from 'vitest';
import { auditHost } from '../../src/audit/audit-host.ts';
import type { ExecRequest, Transports } from '../../src/transports/contract.ts';
import { inventoryOf } from '../inventory/read.ts';
import { there, within } from '../support/calls.ts';

const listening = 'LISTEN 0 16 0.0.0.0:5432 0.0.0.0:* ino:7 sk:1 <->';
const told = `@@BEGIN listeners\n|${listening}\n!@@RC 0\n@@END listeners\n\n@@DONE\n`;

it('asks a page of what has one by its checks, and of nothing else', async () => {
  const { services: declared } = inventoryOf(`version: 1
name: n
hosts: [{name: box, access: ssh, ssh: {host: box}}]
services:
  - {name: brain, host: box, port: 3847, manager: {kind: none}, checks: [{kind: http, url: "http://box:3847/health?a"}]}
  - {name: postgres, host: box, port: 5432, manager: {kind: none}, checks: [{kind: tcp, host: box, port: 5432}]}
  - {name: redis, host: box, port: 6379, manager: {kind: none}}
`);
  const asked: ExecRequest[] = [];
  const transports = {
    clock: { now: () => 0, monotonicMs: () => 0, random: () => 0 },
    tcp: async () => ({ durationMs: 1 }),
    exec: async (request: ExecRequest) => {
      asked.push(request);
      request.heard?.(told);
      return { stdout: '', stderr: '', truncated: false, signal: null, exitCode: 0 };
    },
  } as unknown as Transports;
  const { services, findings } = await auditHost({
    ...{ host: there, declared, script: '', digest: () => '', transports },
    ...{ options: within(30_000), onProbe: () => {} },
  });
  expect(asked.map(({ argv }) => argv.slice(4))).toEqual([['3847', '/health?a']]);
  const postgres = services.find(({ name }) => name === 'postgres');
  expect(postgres?.reached).toEqual({ fromHost: null, fromHere: true, note: '' });
  expect(findings.filter(({ id }) => id.endsWith('/postgres')).map(({ id }) => id)).toEqual([
    'unknown-manager/postgres',
  ]);
});
