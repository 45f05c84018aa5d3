import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { reportJson } from '../../src/outputs/report-json.ts';
import { labReport } from './lab-report.ts';

type Tree = { readonly [key: string]: unknown };

const healthy = await labReport('healthy');
const away = await labReport('clanker-down');

function jsonOf(report: Report): Tree {
  return JSON.parse(JSON.stringify(reportJson(report))) as Tree;
}

/** The first item of a list that has this name or id. */
function itemOf(list: unknown, name: string): Tree {
  const found = (list as readonly Tree[]).find(
    (item) => item['id'] === name || item['name'] === name,
  );
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

const keysOf = (value: unknown): string => Object.keys(value as object).join(' ');

const json = jsonOf(healthy);
const worker = itemOf(json['services'], 'panda/worker');
const check = itemOf(worker['checks'], 'panda/worker/http');
const panda = itemOf(json['nodes'], 'panda');

describe('the result of a status', () => {
  it.each<[string, unknown, string]>([
    ['the result', json, 'summary nodes services functions drift'],
    ['the summary', json['summary'], 'state up degraded down unknown suppressed idle n/a'],
    [
      'a node',
      panda,
      'name kind description state note since confirmed streak flapping because link facts checks',
    ],
    [
      'a service',
      worker,
      'id host name description manager port state note since critical because confirmed streak flapping restarts checks',
    ],
    ['a check', check, 'id kind state note latencyMs at since streak because facts fault'],
    ['a streak', check['streak'], 'toward n of'],
    [
      'the functions',
      json['functions'],
      'state note registered served expected missing unexpected apps items',
    ],
    ['the drift', json['drift'], 'state note items'],
  ])('%s has its keys in this order', (_title, value, keys) => {
    expect(keysOf(value)).toBe(keys);
  });

  it('holds every key that the contract shows of a node’s facts', () => {
    const facts = panda['facts'] as Tree;
    expect(facts).toMatchObject({
      cpus: 14,
      memory: { usedBytes: expect.any(Number), totalBytes: 64 * 1024 ** 3 },
      uptimeSeconds: 12 * 86_400,
      os: 'macOS 26.3',
    });
    expect((facts['disks'] as readonly Tree[])[0]).toEqual({
      mount: '/',
      usedBytes: expect.any(Number),
      availableBytes: expect.any(Number),
      sizeBytes: expect.any(Number),
    });
  });

  it('says of a service what it counts, of its check what it saw', () => {
    expect(worker).toMatchObject({
      manager: 'launchd',
      port: 3111,
      note: '14 functions',
      critical: true,
    });
    expect(check).toMatchObject({
      kind: 'http',
      state: 'up',
      note: '200, 14 functions',
      fault: null,
    });
  });

  it('names the cause of what is suppressed and the fault of what is down', () => {
    const dead = jsonOf(away);
    const service = itemOf(dead['services'], 'clanker-001/pdf-brain');
    expect(service).toMatchObject({ state: 'suppressed', because: 'panda/tailscale#clanker-001' });
    const [own] = itemOf(dead['nodes'], 'clanker-001')['checks'] as readonly Tree[];
    expect(own?.['fault']).toMatchObject({ code: 'timeout', message: 'no answer within 5 s' });
    expect(own?.['latencyMs']).toBeNull();
  });

  it('gives latencies in whole milliseconds', () => {
    const [first, ...others] = healthy.nodes;
    const checks = (first?.checks ?? []).map((one) => ({ ...one, latencyMs: 12.49 }));
    const nodes = first ? [{ ...first, checks }, ...others] : [];
    const [own] = itemOf(jsonOf({ ...healthy, nodes })['nodes'], 'panda')[
      'checks'
    ] as readonly Tree[];
    expect(own?.['latencyMs']).toBe(12);
  });

  it('gives times in RFC 3339 UTC', () => {
    expect(check['at']).toMatch(/^2026-02-18T09:00:00\.\d{3}Z$/);
  });
});
