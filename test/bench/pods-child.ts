import { readFileSync } from 'node:fs';
import { parseInventory } from '../../src/inventory/parse-inventory.ts';
import { bind } from '../../src/kinds/bind.ts';
import { emptyNetworkState } from '../../src/model/health.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { runOnce } from '../../src/watch/sample.ts';
import { manyPods } from '../support/kube-objects.ts';

// A process of its own, started with --expose-gc: either it asks the cluster of an inventory once and
// judges it, or it only parses the same pods.

/** What it took. CPU includes the collector's threads; the heap is what is still held after it. */
export interface PodsCost {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly heldBytes: number;
  readonly bytes: number;
  readonly states: readonly string[];
}

/** As many as the client asks for in one page. */
const pageSize = 500;

const [file = '', pods = ''] = process.argv.slice(2);
const cost = file === '' ? await parseOnly(Number(pods)) : await ask(file);
console.log(JSON.stringify(cost));

async function ask(path: string): Promise<PodsCost> {
  const parsed = parseInventory({ file: path, text: readFileSync(path, 'utf8'), env: {} });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const checks = bind(parsed.inventory).checks.filter(({ kind }) => kind !== 'host');
  const transports = createLiveTransports();
  // Here it is read from hundreds of files, where the command has it in one.
  await import('../../src/transports/kube/client.ts');
  const asking = { previous: emptyNetworkState, signal: new AbortController().signal };
  const { value, ...taken } = await measured(() =>
    Promise.all(checks.map((bound) => runOnce(bound, transports, asking))),
  );
  await transports.close();
  return { ...taken, bytes: 0, states: value.map(({ verdict }) => verdict.state) };
}

async function parseOnly(count: number): Promise<PodsCost> {
  const all = manyPods(count);
  const pages = Array.from({ length: Math.ceil(count / pageSize) }, (_, index) =>
    JSON.stringify({ items: all.slice(index * pageSize, (index + 1) * pageSize) }),
  );
  const bytes = pages.reduce((sum, page) => sum + Buffer.byteLength(page), 0);
  const { value, ...taken } = await measured(async () => pages.map((page) => JSON.parse(page)));
  return { ...taken, bytes, states: value.map(() => 'parsed') };
}

async function measured<T>(
  work: () => Promise<T>,
): Promise<Pick<PodsCost, 'wallMs' | 'cpuMs' | 'heldBytes'> & { readonly value: T }> {
  const heap = (): number => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  const before = heap();
  const startMs = performance.now();
  const cpu = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(cpu);
  const wallMs = performance.now() - startMs;
  return { value, wallMs, cpuMs: (user + system) / 1000, heldBytes: heap() - before };
}
