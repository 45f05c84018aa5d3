import { subscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { parseInventory } from '../../src/inventory/parse-inventory.ts';
import { bind } from '../../src/kinds/bind.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { createPoller } from '../../src/watch/poller.ts';
import { createWatchedStore } from '../../src/watch/store.ts';

// The poller in a process of its own, without a screen, over the inventory that is named: it tells
// its parent after the first round, and whenever it is asked, what it has opened and what it costs.

/** What the poller's process says of itself so far. */
export interface SteadyReading {
  readonly connections: number;
  readonly processes: number;
  /** Sockets and programs as Node's own diagnostics channels count them. */
  readonly seen: { readonly sockets: number; readonly programs: number };
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly rssBytes: number;
  /** How many checks are up, of how many. */
  readonly up: number;
  readonly checks: number;
}

const seen = { sockets: 0, programs: 0 };
subscribe('net.client.socket', () => void seen.sockets++);
subscribe('child_process', () => void seen.programs++);

const [file = ''] = process.argv.slice(2);
const parsed = parseInventory({ file, text: readFileSync(file, 'utf8'), env: {} });
if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
const network = bind(parsed.inventory);
const transports = createLiveTransports();
const { clock } = transports;
const store = createWatchedStore(network, { nowMs: clock.now(), lastKnown: null });
const poller = createPoller({ network, transports, store });
poller.start();
await poller.idle();
process.send?.(reading());
process.on('message', async (word) => {
  if (word !== 'end') return void process.send?.(reading());
  // What it has open is counted by its parent before it is closed.
  await poller.stop();
  await transports.close();
  process.disconnect();
});

function reading(): SteadyReading {
  const { user, system } = process.cpuUsage();
  const { health } = store.getState().state;
  const states = network.checks.map(({ id }) => health[id]?.state);
  return {
    ...transports.counts(),
    seen: { ...seen },
    cpuMs: (user + system) / 1000,
    wallMs: clock.monotonicMs(),
    rssBytes: process.memoryUsage.rss(),
    up: states.filter((state) => state === 'up' || state === 'degraded').length,
    checks: network.checks.length,
  };
}
