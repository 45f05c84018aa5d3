import { join } from 'node:path';
import { locate } from '../../inventory/document.ts';
import { lineOfPort } from '../../kinds/file/lint/lint-caddyfile.ts';
import { isScript } from '../../kinds/file/lint/lint-script.ts';
import { type LintedManifests, lintManifests } from '../../kinds/k8s/lint/lint-manifests.ts';
import type { Inventory } from '../../model/inventory.ts';
import { faultAt, type TextFault, wholeText } from '../../model/text-fault.ts';
import type { CallOptions, Transports } from '../../transports/contract.ts';
import type { FileSeen } from '../../transports/contract-files.ts';
import type { CaddyAnswer } from './ask-programs.ts';
import { entryFaults, unnamedFaults } from './entry-faults.ts';
import { type FileFault, inFile } from './file-fault.ts';
import { lintSource } from './lint-source.ts';
import { type PortClaim, portFaults, serviceClaims } from './port-claims.ts';
import { filesThere, readSources, type Source } from './read-sources.ts';
import { vaultFaults } from './vault-faults.ts';

/** A root whose inventory is well formed. */
export interface LintedRoot {
  readonly path: string;
  readonly inventory: Inventory;
  /** Its inventory as it is called in faults, and its text. */
  readonly file: string;
  readonly text: string;
}

/** How files and programs of this machine are asked. */
export interface Asking {
  readonly transports: Transports;
  readonly options: CallOptions;
  /** The syntax of a script, by the shell that it names. */
  shell(path: string, text: string): Promise<readonly TextFault[]>;
  /** A Caddyfile, by Caddy. */
  caddy(path: string): Promise<CaddyAnswer>;
}

interface Read extends Source {
  readonly seen: FileSeen;
}

/** What one file gave: its faults, and what it means to others. */
interface Found {
  readonly faults: readonly FileFault[];
  readonly claims: readonly PortClaim[];
  readonly label: string | null;
}

/** Every fault of the files that an inventory manages, by themselves and together. */
export async function lintRoot(root: LintedRoot, asking: Asking): Promise<readonly FileFault[]> {
  const { inventory, path } = root;
  const located = locate(root.file, root.text);
  const sources = await readSources(inventory.files, path, asking);
  const there = sources.filter((one): one is Read => one.seen?.isThere === true);
  const whole = there.filter(({ seen }) => seen.fault === null);
  const found = await Promise.all(whole.map((source) => findIn(source, root, asking)));
  const clusters = inventory.clusters.map(({ name, host }) => ({
    host,
    ...lintCluster(whole.filter(({ file }) => file.kind === 'k8s' && file.cluster === name)),
  }));
  const labels = new Map(
    whole.flatMap(({ file }, index) => {
      const label = found[index]?.label ?? null;
      return label === null ? [] : [[file.source, label] as const];
    }),
  );
  const workloads = new Map(clusters.flatMap((one) => [...one.workloads]));
  const claims = [
    ...serviceClaims(inventory, located),
    ...clusters.flatMap((one) => nodeClaims(one, inventory)),
    ...found.flatMap((one) => one.claims),
  ];
  return [
    ...there.flatMap((source) => unreadable(source, path)),
    ...found.flatMap((one) => one.faults),
    ...clusters.flatMap(({ faults }) => [...faults].flatMap(([file, list]) => inFile(file, list))),
    ...entryFaults({ inventory, located, sources, labels, workloads }),
    ...portFaults(claims),
    ...(await vaultFaults(inventory, located)),
    ...unnamedFaults(await filesThere(path), inventory.files),
  ];
}

async function findIn(source: Read, root: LintedRoot, asking: Asking): Promise<Found> {
  const { file, seen } = source;
  const { text } = seen;
  const path = join(root.path, file.source);
  const { faults, plist } = lintSource(source, seen);
  const claim = (port: number, place: { readonly line: number; readonly column: number }) => ({
    host: file.host ?? '',
    port,
    protocol: 'TCP',
    owner: file.service ?? file.source,
    by: file.source,
    file: file.source,
    line: place.line,
    column: place.column,
    path: '',
  });
  const isShell = file.kind === 'file' && isScript(text, file.source);
  const asked = isShell ? await asking.shell(path, text) : [];
  const caddy = file.kind === 'caddyfile' && text.trim() !== '' ? await asking.caddy(path) : null;
  return {
    faults: inFile(file.source, [...faults, ...asked, ...(caddy?.faults ?? [])]),
    claims: [
      ...(plist?.ports ?? []).map(({ port, place }) => claim(port, place)),
      ...(caddy?.ports ?? []).map((port) =>
        claim(port, { line: lineOfPort(text, port), column: 1 }),
      ),
    ],
    label: plist?.label ?? null,
  };
}

function lintCluster(sources: readonly Read[]): LintedManifests {
  return lintManifests(sources.map(({ file, seen }) => ({ file: file.source, text: seen.text })));
}

/** A Service's port of the node is a port of the cluster's host. */
function nodeClaims(
  { host, ports }: LintedManifests & { readonly host: string },
  { files }: Inventory,
): readonly PortClaim[] {
  return ports.map(({ file, port, protocol, by, place }) => {
    const owner = files.find(({ source }) => source === file)?.service ?? by;
    return { host, port, protocol, owner, by: file, file, ...place };
  });
}

function unreadable({ file, seen }: Read, root: string): readonly FileFault[] {
  if (seen.fault === null) return [];
  const message = `cannot be read: ${seen.fault.message.replaceAll(`${root}/`, '')}`;
  return inFile(file.source, [faultAt(wholeText, message, 'is this the right file?')]);
}
