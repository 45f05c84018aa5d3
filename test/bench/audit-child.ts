import { collectFrom } from '../../src/audit/collect/collect.ts';
import type { Host } from '../../src/model/inventory.ts';
import { createLiveTransports } from '../../src/transports/live.ts';

// A process of its own: it collects from a host twice, and tells what the second time took.

/** Memory is what this process grew by at its most, over what it had after the first time. */
export interface AuditCost {
  readonly ms: number;
  readonly connections: number;
  readonly grownBytes: number;
  readonly isWhole: boolean;
}

const [text = ''] = process.argv.slice(2);
const host = JSON.parse(text) as Host;
const transports = createLiveTransports();
const options = { timeoutMs: 60_000, signal: new AbortController().signal };
const request = { host, pages: [], transports, options, onProbe: () => undefined };
await transports.exec({ on: host, argv: ['true'] }, options).catch(() => undefined);
globalThis.gc?.();
const before = process.memoryUsage().rss;
let most = before;
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage().rss);
}, 5);
const startMs = performance.now();
const { cutOff } = await collectFrom(request);
const ms = performance.now() - startMs;
clearInterval(watch);
const { connections } = transports.counts();
const grownBytes = Math.max(most, process.memoryUsage().rss) - before;
console.log(JSON.stringify({ ms, connections, grownBytes, isWhole: cutOff === null }));
await transports.close();
