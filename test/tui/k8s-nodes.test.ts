import { describe, expect, test } from 'vitest';
import { sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit, type TestCockpit } from './open-test-cockpit.ts';

async function nodesOf(scenario: string): Promise<TestCockpit> {
  const { store } = await sampledLab(scenario, 3);
  const cockpit = openTestCockpit(store);
  cockpit.press('1');
  return cockpit;
}

describe('a cluster’s node in the Nodes tab', () => {
  test('has its role and version where it is well, and what ails it where it is not', async () => {
    const healthy = await nodesOf('healthy');
    expect(healthy.line('joelclaw-controlplane-1')).toMatch(
      /^ ● .* up .* control-plane v1\.35\.0$/,
    );
    const pressed = await nodesOf('node-pressure');
    expect(pressed.line('joelclaw-controlplane-1 ')).toMatch(/^ ▲ .* degraded .* DiskPressure$/);
  });

  test('tells in its details all that keeps pods off it', async () => {
    const cockpit = await nodesOf('node-pressure');
    cockpit.press('j');
    expect(cockpit.line('─ joelclaw-controlplane-1')).toContain('node of cluster joelclaw');
    expect(cockpit.line('first broken layer')).toContain('▲ node');
    expect(cockpit.line('taints')).toContain('node.kubernetes.io/disk-pressure:NoSchedule');
    expect(cockpit.line('version v1.35.0')).toContain('ready True');
    expect(cockpit.line('capacity cpus 4')).toContain('capacity memory 7.8 GB');
  });

  test('is gone from sight with its cluster, which its host’s details tell', async () => {
    const cockpit = await nodesOf('kube-away');
    expect(cockpit.lines()[2]).toContain('Nodes 3');
    expect(cockpit.line('cluster:joelclaw')).toContain('the API of joelclaw refuses');
    expect(cockpit.line('try: ')).toContain('docker port joelclaw-controlplane-1');
  });
});

describe('a workload in the Services tab', () => {
  test('shows what the scheduler said, and that its port is not the first to look at', async () => {
    const { store } = await sampledLab('node-pressure', 3);
    const cockpit = openTestCockpit(store);
    expect(cockpit.under()).toMatch(/✕ +qdrant .* qdrant-0: unschedulable/);
    expect(cockpit.line('first broken layer')).toContain('✕ k8s');
    expect(cockpit.line('FailedScheduling')).toContain('0/1 nodes are available');
    expect(cockpit.line('http ')).toContain('suppressed · panda/qdrant/k8s is down');
  });
});
