import { parseInventory } from '../../src/inventory/parse-inventory.ts';
import { bind } from '../../src/kinds/bind.ts';
import { explain } from '../../src/model/explain.ts';
import { emptyNetworkState, type NetworkState } from '../../src/model/health.ts';
import type { FunctionsReport, Report } from '../../src/model/report.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { check } from '../../src/watch/sample.ts';

/** Samples of one Inngest entry, each compared with the one before, through the real transports. */
export interface Watched {
  sample(): Promise<Report>;
  functions(): Promise<FunctionsReport>;
  close(): Promise<void>;
}

interface Entry {
  readonly url: string;
  readonly worker: string | null;
  readonly app: string | null;
  readonly expect?: readonly string[];
  /** More of the inventory: services. */
  readonly more?: string;
}

/** The inventory of it; this machine itself is looked at from outside only, so that it says nothing. */
export function inventoryText({ url, worker, app, expect, more = '' }: Entry): string {
  const entry = { name: 'inngest', url, worker, app, ...(expect ? { expect } : {}) };
  return `version: 1
name: inngest-e2e
defaults: {interval: 1s, timeout: 2s, failureThreshold: 1, successThreshold: 1}
hosts: [{name: here, access: ssh, ssh: {host: 127.0.0.1, port: 9}}]
inngest: [${JSON.stringify(Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null)))}]
${more}`;
}

/** Only what the services and the entry need is asked. */
export function watchInngest(entry: Entry): Watched {
  const text = inventoryText(entry);
  const parsed = parseInventory({ file: 'inventory.yaml', text, env: {} });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const whole = bind(parsed.inventory);
  const checks = whole.checks.filter(({ kind }) => kind !== 'host');
  const network = { ...whole, checks };
  const transports = createLiveTransports();
  let state: NetworkState = emptyNetworkState;
  const sample = async (): Promise<Report> => {
    const { signal } = new AbortController();
    state = await check(network, transports, { previous: state, signal });
    return explain(network, state, transports.clock.now());
  };
  return {
    sample,
    functions: async () => (await sample()).functions,
    close: () => transports.close(),
  };
}
