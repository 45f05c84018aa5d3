import { describe, expect, it } from 'vitest';
import { faultOf } from '../../src/model/fault.ts';
import type { CheckReport, NodeReport, Report } from '../../src/model/report.ts';
import { statusPage } from '../../src/outputs/status-page.ts';
import { nodesTable } from '../../src/outputs/tables.ts';
import { labReport } from './lab-report.ts';

const healthy = await labReport('healthy');
const id = 'panda/tailscale';

/** The report with its tailscale check, and the node that it is on, as they are told here. */
function withTailscale(check: Partial<CheckReport>, node: Partial<NodeReport> = {}): Report {
  const nodes = healthy.nodes.map((one) =>
    one.name === 'panda' && one.kind === 'host'
      ? {
          ...one,
          ...node,
          checks: one.checks.map((own) => (own.id === id ? { ...own, ...check } : own)),
        }
      : one,
  );
  return { ...healthy, nodes };
}

const missing = withTailscale({
  state: 'unknown',
  note: 'tailscale is not installed here',
  fault: faultOf('tool-missing', 'tailscale is not installed here', {
    hint: 'install it, or write tailscale: {enabled: false}',
  }),
});
const loggedOut = { state: 'down', note: 'logged out: run `tailscale up`' } as const;

describe.each([
  ['status', (report: Report) => statusPage(report, { color: false, badge: null })],
  ['nodes', (report: Report) => nodesTable(report, false)],
])('joelclaw %s', (_verb, drawn) => {
  const linesOf = (report: Report): readonly string[] =>
    drawn(report)
      .split('\n')
      .filter((line) => /^Tailscale|logged out/.test(line));

  it('says in a line that tailscale is missing, and what to do', () => {
    expect(linesOf(missing)).toEqual([
      'Tailscale: ? unknown  tailscale is not installed here → install it, or write tailscale: {enabled: false}',
    ]);
  });

  it('says once that it is logged out: where its host says so there is no line', () => {
    const told = { state: 'degraded', note: `tailscale: ${loggedOut.note}` } as const;
    expect(linesOf(withTailscale(loggedOut, told))).toHaveLength(1);
    const full = { state: 'degraded', note: 'disk / is nearly full' } as const;
    expect(linesOf(withTailscale(loggedOut, full))).toEqual([
      'Tailscale: ✕ down  logged out: run `tailscale up`',
    ]);
  });

  it('has no such line where all is well', () => {
    expect(linesOf(healthy)).toEqual([]);
  });
});
