import { describe, expect, it } from 'vitest';
import { driftTable, functionsTable, nodesTable, servicesTable } from '../../src/outputs/tables.ts';
import { bytesText, percentOf } from '../../src/outputs/units.ts';
import { labReport } from './lab-report.ts';

const burning = await labReport('everything-down');
const healthy = await labReport('healthy');

const linesOf = (text: string): readonly string[] => text.trimEnd().split('\n');

describe('the nodes’ table', () => {
  it('has a head and a row a node, memory and disks where they are known', () => {
    expect(linesOf(nodesTable(healthy, false))).toEqual([
      '  NODE         STATE  LINK     MEMORY                 DISK                       NOTE',
      '● panda        up              2.1 GB / 64 GB (3%)    / 2%                       macOS 26.3',
      '● clanker-001  up     direct   4.3 GB / 16 GB (27%)   / 39%                      Ubuntu 24.04.3 LTS',
      '● three-body   up     via sea  2.7 GB / 7.6 GB (35%)  /volume1 11% /volume2 23%  ASUSTOR ADM 5.1',
      '',
      '  K8S NODE                 STATE  CLUSTER   ROLE           VERSION  READY  PRESSURE  TAINTS  NOTE',
      '● joelclaw-controlplane-1  up     joelclaw  control-plane  v1.35.0  True                     control-plane v1.35.0',
    ]);
  });
});

describe('the table of a cluster’s nodes', () => {
  it('stands below, with what keeps pods off them', async () => {
    const lines = linesOf(nodesTable(await labReport('node-pressure'), false));
    expect(lines.at(-1)).toMatch(
      /^▲ joelclaw-controlplane-1 +degraded +joelclaw +control-plane +v1\.35\.0 +True +DiskPressure +node\.kubernetes\.io\/disk-pressure:NoSchedule +DiskPressure$/,
    );
  });

  it('is not there where none is known', () => {
    expect(nodesTable(burning, false)).not.toContain('K8S');
  });
});

describe('the services’ table', () => {
  it('is worst first, equals in the inventory’s order', () => {
    const rows = linesOf(servicesTable(burning, false)).slice(1);
    expect(rows.map((row) => row.split(/\s+/).slice(0, 2).join(' '))).toEqual([
      '✕ inngest',
      '✕ qdrant',
      '✕ redis',
      '✕ caddy',
      '✕ vault-sync',
      '✕ adr-sync',
      '◌ worker',
      '◌ pdf-brain',
      '● colima',
      '● docker',
      '● talos',
    ]);
  });

  it('says how firm a state is, the port and why', () => {
    const row = linesOf(servicesTable(burning, false)).find((line) => line.includes('redis'));
    expect(row).toMatch(
      /^✕ redis +panda +k8s +down 1\/3 +:6379 +connection refused by localhost:6379$/,
    );
  });
});

describe('the functions’ and the drift’s tables', () => {
  it('list each function with what starts it and how it ran, worst first', async () => {
    const lines = linesOf(functionsTable(await labReport('cron-silent'), false));
    expect(lines).toHaveLength(16);
    expect(lines[1]).toMatch(
      /^▲ content-sync +degraded +cron 0 \* \* \* \*, content\/updated.* ✓ 2026-02-18T04:00Z +2026-02-18T10:00Z +✓20 +its cron is overdue/,
    );
    expect(lines[15]).toMatch(/^inngest {2}system-bus {2}degraded {2}content-sync: its cron/);
    expect(linesOf(functionsTable(burning, false)).slice(1)).toEqual([
      'inngest  system-bus  suppressed  panda/inngest/http is down',
    ]);
  });

  it('tell the servers apart where there are several', async () => {
    const report = await labReport('healthy');
    const { functions } = report;
    const [app, item] = [functions.apps[0], functions.items[0]];
    if (!app || !item) throw new Error('the lab has functions');
    const apps = [app, { ...app, server: 'second' }];
    const items = [item, { ...item, server: 'second' }];
    const both = { ...report, functions: { ...functions, apps, items } };
    const [head, ...rows] = linesOf(functionsTable(both, false));
    expect(head).toMatch(/^ {2}FUNCTION +SERVER +STATE/);
    expect(rows[0]).toMatch(/^. \S+ +inngest +up/);
    expect(rows[1]).toMatch(/^. \S+ +second +up/);
  });

  it('list each file with its verdict and what an apply would change', async () => {
    const drift = linesOf(driftTable(await labReport('config-drift'), false));
    expect(drift.map((line) => line.replaceAll(/ {2,}/g, '  '))).toEqual([
      '  ITEM  VERDICT  CHANGE  HOST  SERVICE  NOTE',
      '● launchd/com.joel.caddy  in-sync  panda  panda/caddy',
      '▲ caddyfile/Caddyfile  unmanaged  +1 −1  panda  panda/caddy  its text differs; reload-needed: Caddy runs with another configuration',
      '● systemd/pdf-brain  in-sync  clanker-001  clanker-001/pdf-brain',
      '▲ k8s/redis  drift  +1 −1  panda/redis  statefulset/redis is drift: .spec.template.spec.containers[name="redis"].command differs, by kubectl-edit',
      '▲ env/worker.env  unmanaged  +1 −0  panda  panda/worker  it lacks INNGEST_SIGNING_KEY; mode 0644, not 0600',
      '▲ file/start.sh  missing  +4 −0  panda  panda/worker  not there',
    ]);
  });
});

it.each([nodesTable, servicesTable, functionsTable, driftTable])(
  '%o has colour only when it is wanted, and no blanks at line ends',
  (table) => {
    const plain = table(burning, false);
    expect(plain).not.toContain('\u001b');
    expect(plain).not.toContain(' \n');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is taken out
    expect(table(burning, true).replaceAll(/\u001b\[\d+m/g, '')).toBe(plain);
    expect(table(burning, true)).toContain('\u001b[1m');
  },
);

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 KB'],
  [1536, '1.5 KB'],
  [2.1 * 1024 ** 3, '2.1 GB'],
  [10 * 1024 ** 2, '10 MB'],
  [926.4 * 1024 ** 3, '926 GB'],
  [57 * 1024 ** 4, '57 TB'],
  [3 * 1024 ** 5, '3 PB'],
  [5000 * 1024 ** 5, '5000 PB'],
])('%d bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

it.each([
  [0, 0, 0],
  [5, 0, 0],
  [1, 3, 33],
  [2, 3, 67],
  [3, 3, 100],
])('%i of %i are %i percent', (part, whole, percent) => {
  expect(percentOf(part, whole)).toBe(percent);
});
