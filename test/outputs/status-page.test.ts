import { describe, expect, it } from 'vitest';
import type { Report, ServiceReport } from '../../src/model/report.ts';
import { type State, statesWorstFirst } from '../../src/model/state.ts';
import { glyphs } from '../../src/outputs/glyphs.ts';
import { statusPage } from '../../src/outputs/status-page.ts';
import { labReport } from './lab-report.ts';

const healthy = await labReport('healthy');
const burning = await labReport('everything-down');
const plain = { color: false, badge: null };

/** The page of a healthy joelclaw. */
const drawnPage = `panda (Mac Mini M4 Pro, 64 GB)
  k8s      inngest      ● healthy   :8288
  k8s      qdrant       ● healthy   :6333
  k8s      redis        ● healthy   :6379
  launchd  worker       ● running   :3111   14 functions
  launchd  caddy        ● running   :443    TLS proxy
  launchd  vault-sync   ● running           FSEvents watcher
  launchd  adr-sync     · idle              WatchPaths watcher
  command  colima       ● healthy           VM of the containers
  command  docker       ● healthy           Docker's socket on this Mac
  command  talos        ● healthy           the cluster's node, a container
clanker-001
  http     pdf-brain    ● healthy   :3847   700 docs
three-body (NAS, 64 TB)
  ssh      reachable    ●                   57 TB free
Resources: 2.1 GB / 64 GB RAM (3%) • 15 GB / 926 GB disk (2%)
`;

/** Without the last line, which counts the states and is not drawn. */
function bodyOf(page: string): string {
  return page.replace(/Summary: .*\n$/, '');
}

function withService(report: Report, name: string, more: Partial<ServiceReport>): Report {
  const services = report.services.map((one) => (one.name === name ? { ...one, ...more } : one));
  return { ...report, services };
}

/** The lines of the page that name this. */
function linesWith(report: Report, word: string): readonly string[] {
  return statusPage(report, plain)
    .split('\n')
    .filter((line) => line.includes(word));
}

describe('the status page of the healthy lab', () => {
  it('is the one that joelclaw was drawn for', () => {
    expect(bodyOf(statusPage(healthy, plain))).toBe(drawnPage);
  });

  it('ends with the whole state and the counts, worst first', () => {
    expect(linesWith(healthy, 'Summary')).toEqual(['Summary: up  ● 13 up  · 1 idle']);
  });
});

describe('the status page', () => {
  it('shows how firm trouble is, why, and what it suppresses', () => {
    expect(linesWith(burning, 'redis')).toEqual([
      '  k8s      redis        ✕ down 1/3   :6379   connection refused by localhost:6379',
    ]);
    expect(linesWith(burning, 'pdf-brain')[0]).toMatch(
      /◌ suppressed :3847 {3}panda\/tailscale#clanker-001 is down$/,
    );
    expect(linesWith(burning, 'clanker-001  ')).toEqual([
      'clanker-001  ✕ down  offline on tailscale, last seen 2026-02-18 08:50Z',
    ]);
    expect(linesWith(burning, 'panda (')[0]).toContain('▲ degraded  inngest is down');
  });

  it('says of a host without services whether it can be reached', () => {
    expect(linesWith(burning, 'reachable')).toEqual(['  ssh      reachable    ✕ down']);
  });

  it('begins with the badge when what it shows is not real', () => {
    expect(statusPage(healthy, { color: false, badge: 'LAB healthy' })).toMatch(
      /^LAB healthy\npanda /,
    );
  });

  it('has no resources of a machine that was not measured', () => {
    const nodes = healthy.nodes.map((node) => ({ ...node, facts: {} }));
    expect(linesWith({ ...healthy, nodes }, 'Resources')).toEqual([]);
  });

  it('makes room for the longest name', () => {
    const name = 'a-service-with-a-long-name';
    const report = withService(healthy, 'redis', { name });
    const columns = [...linesWith(report, name), ...linesWith(report, 'qdrant')].map((line) =>
      line.indexOf('●'),
    );
    expect(columns).toEqual([11 + name.length + 3, 11 + name.length + 3]);
  });

  it('speaks of functions only where they are not well', async () => {
    expect(statusPage(healthy, plain)).not.toContain('Functions');
    expect(statusPage(await labReport('functions-missing'), plain)).toContain(
      '\nFunctions: ▲ degraded  not registered: discovery-capture, agent-loop-retro; the worker',
    );
  });

  it('says why a cluster is not well, as nothing else there does', async () => {
    expect(statusPage(healthy, plain)).not.toContain('Cluster');
    expect(linesWith(await labReport('kube-away'), 'Cluster')).toEqual([
      'Cluster joelclaw: ? unknown  the API of joelclaw refuses at 127.0.0.1:64784',
    ]);
    expect(linesWith(await labReport('node-pressure'), 'Cluster')).toEqual([
      'Cluster joelclaw: ▲ degraded  joelclaw-controlplane-1: DiskPressure',
    ]);
  });

  it('ends each line without blanks', () => {
    for (const report of [healthy, burning]) {
      expect(statusPage(report, plain)).not.toMatch(/[ \t]\n/);
    }
  });

  it('has colour only when it is wanted, and is else the same', () => {
    const coloured = statusPage(burning, { color: true, badge: 'LAB' });
    const uncoloured = statusPage(burning, { color: false, badge: 'LAB' });
    expect(uncoloured).not.toContain('\u001b');
    expect(coloured).toContain('\u001b[31m✕\u001b[0m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is taken out
    expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(uncoloured);
  });
});

it('each state has a glyph of one cell that no other has', () => {
  const marks = statesWorstFirst.map((state: State) => glyphs[state]);
  expect(marks).toEqual(['✕', '▲', '?', '◌', '●', '·', '–']);
});
