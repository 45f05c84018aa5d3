import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withAdopted } from '../../inventory/adopt-service.ts';
import { parseInventory } from '../../inventory/parse-inventory.ts';
import { differenceOf } from '../../kinds/file/difference.ts';
import { UserError } from '../../model/errors.ts';
import { pathOf, type Service } from '../../model/inventory.ts';
import type { FileSeen } from '../../transports/contract-files.ts';
import type { Context } from '../context.ts';
import { makeFolder } from '../make-folder.ts';
import type { OpenNetwork } from '../open-network.ts';
import { inventoryFile } from '../root.ts';

/** A file of the root, as it is and as it is to be. */
export interface RootFile {
  /** `infra/systemd/pdf-brain.service` */
  readonly file: string;
  readonly seen: FileSeen;
  readonly text: string;
  readonly lines: readonly string[];
}

interface Wanted {
  readonly service: Service;
  readonly unit: string;
  readonly text: string;
}

/** The unit and the inventory that names it, neither of them written yet. The inventory is proved before. */
export async function adoptionFiles(
  { service, unit, text }: Wanted,
  { open, context }: { readonly open: OpenNetwork; readonly context: Context },
): Promise<readonly RootFile[]> {
  const root = open.rootPath ?? '';
  const source = sourceOf(service, unit, open);
  const paths = [join(root, source), join(root, inventoryFile)];
  const { timeoutMs } = context.options;
  const [old, inventory] = await open.transports.lookAtFiles(null, paths, {
    timeoutMs,
    signal: context.signal,
  });
  if (!old || !inventory || old.fault || inventory.fault || !inventory.isThere) {
    throw refused(`${source} or ${inventoryFile} cannot be read`, 'look at its owner and mode');
  }
  const { host, name } = service;
  const next = withAdopted(inventory.text, { host, name, unit, source });
  if (next === null) {
    throw refused(
      `${inventoryFile} has no map of its own for ${service.id}`,
      `give it manager: {kind: systemd, unit: ${unit}} by hand`,
    );
  }
  await prove(next, service, { root, unit, context });
  return [fileOf(source, old, text), fileOf(inventoryFile, inventory, next)];
}

function fileOf(file: string, seen: FileSeen, text: string): RootFile {
  if (seen.isThere && seen.text === text) return { file, seen, text, lines: [] };
  const lines = differenceOf(seen.isThere ? seen.text : '', text)?.lines;
  return { file, seen, text, lines: lines ?? ['they have little in common'] };
}

/** Where it lies by the inventory; else beside the others. */
function sourceOf({ host }: Service, unit: string, { network }: OpenNetwork): string {
  const known = network.inventory.files.find(
    (file) => file.kind === 'systemd' && file.host === host && pathOf(file)?.endsWith(`/${unit}`),
  );
  return known?.source.endsWith(`/${unit}`) ? known.source : `infra/systemd/${unit}`;
}

interface Proof {
  readonly root: string;
  readonly unit: string;
  readonly context: Context;
}

/** What is no good inventory is not written. */
async function prove(
  text: string,
  service: Service,
  { root, unit, context }: Proof,
): Promise<void> {
  const { parseEnv } = process.getBuiltinModule('node:util');
  const dotEnv = await readFile(join(root, '.env'), 'utf8').catch(() => '');
  const env = { ...parseEnv(dotEnv), ...context.env };
  const parsed = parseInventory({ file: inventoryFile, text, env });
  const found = parsed.ok ? parsed.inventory.services.find(({ id }) => id === service.id) : null;
  if (found?.manager.kind === 'systemd' && found.manager.unit === unit) return;
  throw refused(
    `${inventoryFile} would not be good any more`,
    `write manager: {kind: systemd, unit: ${unit}} for ${service.id} by hand`,
  );
}

/** Writes what is another one, over nothing but what it was seen to be. Rejects with a FaultError. */
export async function writeRootFile(
  { file, seen, text, lines }: RootFile,
  { transports, rootPath }: OpenNetwork,
): Promise<void> {
  if (lines.length === 0) return;
  const path = join(rootPath ?? '', file);
  await makeFolder(dirname(path), 0o755);
  await transports.writeFile(
    { on: null, path, text, mode: seen.mode ?? '0644', was: seen.isThere ? seen.sha256 : null },
    { timeoutMs: 30_000, signal: new AbortController().signal },
  );
}

/** Puts it back, where it is what was written. */
export async function restoreRootFile(file: RootFile, open: OpenNetwork): Promise<void> {
  const path = join(open.rootPath ?? '', file.file);
  const options = { timeoutMs: 30_000, signal: new AbortController().signal };
  const [now] = await open.transports.lookAtFiles(null, [path], options);
  if (file.lines.length === 0 || now?.text !== file.text) return;
  const { isThere, text, mode } = file.seen;
  await open.transports.writeFile(
    { on: null, path, text: isThere ? text : null, mode: mode ?? '0644', was: now.sha256 },
    options,
  );
}

function refused(message: string, hint: string): UserError {
  return new UserError(message, { code: 'NOT_ADOPTED', hint, exitCode: 2 });
}
