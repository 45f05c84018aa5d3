import { faultLine } from '../../inventory/fault.ts';
import { parseInventory } from '../../inventory/parse-inventory.ts';
import { plainText } from '../../model/plain-text.ts';
import { type Entry, entryLines, tried } from './entry.ts';
import type { Found, FoundCluster } from './found.ts';
import { hostEntries, machineItem } from './host-entries.ts';
import { createNames } from './names.ts';
import { serviceEntries } from './service-entries.ts';
import { flowText, itemLines } from './yaml-text.ts';

/** How many of each were written, and how many only as comments. */
export interface Counts {
  readonly hosts: number;
  readonly clusters: number;
  readonly services: number;
  readonly inngest: number;
  readonly commented: number;
}

export interface InventoryText {
  readonly text: string;
  readonly counts: Counts;
}

interface Head {
  /** 2026-02-18 */
  readonly date: string;
  /** Whether inventory.schema.json lies where the text goes. */
  readonly schema: boolean;
}

/** No list is longer: what is beyond is for a person to write. */
const mostEntries = 200;

/**
 * What was found as a commented inventory. Whatever the machine said, the text is a valid inventory:
 * an entry that would not be is left as a comment with the reason.
 */
export function inventoryText(found: Found, head: Head): InventoryText {
  const hostNames = createNames();
  const notLooked = [...found.notLooked];
  const host = machineItem(found, hostNames);
  const hosts = few(hostEntries(found, hostNames), notLooked).map((one) =>
    tried('hosts', one, { host, clusters: [] }),
  );
  const name = String(host['name']);
  const clusters = clusterEntries(found.cluster, name).map((one) =>
    tried('clusters', one, { host, clusters: [] }),
  );
  const cluster = clusters.some(({ live }) => live) ? String(clusters[0]?.item['name']) : null;
  const place = { host: name, cluster, names: createNames() };
  const services = few(serviceEntries(found, place), notLooked).map((one) =>
    tried('services', one, { host, clusters }),
  );
  const inngest = inngestLines(found);
  const lines = [
    ...headLines(found, head, name),
    'hosts:',
    '  # this machine',
    ...itemLines(host),
    ...hosts.flatMap(entryLines),
    ...listLines('clusters', clusters),
    ...listLines('services', services),
    ...inngest,
    ...(found.tailnetLabel === null ? [] : ['', 'tailscale: { enabled: true }']),
    ...notLookedLines(notLooked),
  ];
  const text = `${lines.join('\n')}\n`;
  assertValid(text);
  const live = (entries: readonly Entry[]): number => entries.filter((one) => one.live).length;
  const all = [...hosts, ...clusters, ...services];
  const counts = {
    hosts: live(hosts) + 1,
    clusters: live(clusters),
    services: live(services),
    inngest: inngest.length === 0 ? 0 : 1,
    commented: all.length - live(all),
  };
  return { text, counts };
}

/** What is beyond is told as a comment of its own. */
function few(entries: readonly Entry[], notLooked: string[]): readonly Entry[] {
  const more = entries.slice(mostEntries).map(({ item }) => String(item['name']));
  if (more.length > 0) notLooked.push(`${more.length} more: ${more.join(', ')}`);
  return entries.slice(0, mostEntries);
}

function headLines(found: Found, { date, schema }: Head, name: string): readonly string[] {
  const where = plainText(found.hostname);
  return [
    ...(schema ? ['# yaml-language-server: $schema=./inventory.schema.json'] : []),
    `# What \`joelclaw init\` found on ${where} on ${date}: it asked nobody but this machine and its cluster’s API.`,
    '# Drop what is not to be watched, describe the rest; `joelclaw config check` tells what is wrong.',
    'version: 1',
    `name: ${flowText(name)}`,
    '',
  ];
}

function clusterEntries(found: FoundCluster | null, host: string): readonly Entry[] {
  if (found === null) return [];
  const { context, kubeconfig, others, uid, workloads } = found;
  const namespaces = [...new Set(workloads.map(({ namespace }) => namespace))].sort();
  const more = others.length === 0 ? '' : `; it has also ${others.slice(0, 20).join(', ')}`;
  const item = {
    name: createNames().take(context.split('@').at(-1) || context),
    host,
    kubeconfig,
    context,
    ...(namespaces.length === 0 ? {} : { namespaces }),
    ...(uid === null ? {} : { uid }),
  };
  return [{ comment: `the current context of ${kubeconfig}${more}`, item, live: true }];
}

function listLines(name: string, entries: readonly Entry[]): readonly string[] {
  if (entries.length === 0) return [];
  const lines = entries.flatMap(entryLines);
  // A list that holds comments alone would be null.
  const head = entries.some(({ live }) => live) ? `${name}:` : `${name}: []`;
  return ['', head, ...lines];
}

/** Its key is a secret and stands in .env; without it the server is asked all the same. */
function inngestLines({ ports }: Found): readonly string[] {
  const server = ports.find((one) => one.name === 'inngest' && one.proved);
  if (!server) return [];
  const worker = ports.some((one) => one.name === 'worker' && one.proved);
  return [
    '',
    'inngest:',
    `  # its functions, asked on port ${server.port}; INNGEST_EVENT_KEY may be set in .env beside this file`,
    '  - name: inngest',
    `    url: "http://localhost:${server.port}"`,
    ...(worker ? ['    worker: "http://localhost:3111/api/inngest"'] : []),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the inventory's own way to name a secret
    '    eventKey: "${INNGEST_EVENT_KEY:-}"',
  ];
}

function notLookedLines(notLooked: readonly string[]): readonly string[] {
  if (notLooked.length === 0) return [];
  return ['', '# Not looked at:', ...notLooked.map((line) => `# - ${plainText(line)}`)];
}

/** Each entry has been tried alone, so this is ours to mend and nobody else's. */
function assertValid(text: string): void {
  const parsed = parseInventory({ file: 'inventory.yaml', text, env: {} });
  if (!parsed.ok)
    throw new Error(`init wrote what it cannot read: ${parsed.faults.map(faultLine).join('; ')}`);
}
