import type { AuditedService, AuditReport, Finding } from '../../src/model/audit.ts';
import type { AuditView } from '../../src/tui/audit-view.ts';
import { plainService, reportOf } from '../audit/report.ts';

const inTmux: AuditedService = {
  ...plainService,
  manager: {
    ...{ kind: 'tmux', name: 'brain', confidence: 'certain' },
    evidence: [
      'tmux: server (pid 20713) has started it',
      'its cgroup is the login session-3.scope',
      'TMUX is in its environment',
    ],
  },
  survives: {
    ...{ reboot: false, crash: false, logout: true },
    why: {
      reboot: 'nothing starts it at boot',
      crash: 'tmux starts nothing again',
      logout: 'tmux goes on, and KillUserProcesses is off',
    },
  },
  restart: "tmux attach -t brain, then ctrl-c and 'node server.js'",
  stop: 'kill 20731',
  logs: 'tmux attach -t brain',
  process: {
    ...{ pid: 20731, user: 'joel', command: ['node', 'server.js'] },
    workingDirectory: '/home/joel/pdf-brain',
    ...{ executable: '/usr/bin/node', environment: ['PORT'], startedAt: null },
  },
  documents: 700,
  dependencies: ['ollama on 127.0.0.1:11434', 'library /home/joel/pdf-library'],
};

const sip: AuditedService = { ...plainService, name: 'livekit-sip', declared: false, port: 5060 };

const findings: readonly Finding[] = [
  {
    id: 'manual-service/pdf-brain',
    severity: 'critical',
    title: 'pdf-brain does not come back after a reboot',
    evidence: 'it runs in the tmux session brain, and nothing starts that at boot',
    remedy: 'joelclaw audit clanker-001 --adopt pdf-brain',
  },
  {
    id: 'reboot-required',
    severity: 'warning',
    title: 'a reboot is pending',
    evidence: '6.8.0-71-generic runs, 6.8.0-79-generic is installed',
    remedy: 'reboot it, once pdf-brain comes back by itself',
  },
];

/** clanker-001 as it is found: pdf-brain in tmux, and a reboot pending. */
export function tmuxReport(more: Partial<AuditReport> = {}): AuditReport {
  const unknowns = [
    {
      probe: 'environment-1',
      why: 'needs-root',
      words: 'cannot open /proc/1/environ: Permission denied',
    },
    { probe: 'docker', why: 'tool-missing', words: 'docker' },
  ] as const;
  return reportOf({ services: [inTmux, sip], findings, unknowns, ...more });
}

export function doneView(report = tmuxReport()): AuditView {
  return { phase: 'done', host: 'clanker-001', report, unit: null };
}

export const runningView: AuditView = {
  ...{ phase: 'running', host: 'clanker-001', probe: 'listeners' },
  ...{ begun: 18, of: 52, elapsedMs: 3400 },
};

export const failedView = {
  phase: 'failed',
  host: 'clanker-001',
  message: 'no answer within 30 s',
  hint: 'see what `joelclaw doctor` says of clanker-001',
} satisfies AuditView;

export const unitText = `[Unit]
Description=pdf-brain
After=network-online.target

[Service]
User=joel
ExecStart=/usr/bin/node server.js
`;
