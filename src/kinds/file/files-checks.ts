import { filesKind } from '../../model/explain-drift.ts';
import {
  type CheckSpec,
  type Host,
  type Inventory,
  type ManagedFile,
  pathOf,
} from '../../model/inventory.ts';
import type { JsonObject } from '../../model/json.ts';
import { adminIn } from './caddy-admin.ts';

/** Where the sources lie, and the record of what was applied; null where there is none. */
export interface Places {
  readonly root: string | null;
  readonly record: string | null;
}

/** The check of all files that go to a host; none where no file does. Objects of a cluster are no files. */
export function filesChecks(
  inventory: Inventory,
  host: Host,
  { root, record }: Places,
): readonly CheckSpec[] {
  const wanted = inventory.files.flatMap((file) =>
    file.host === host.name ? placed(file, { inventory, root }) : [],
  );
  if (wanted.length === 0) return [];
  return [
    { kind: filesKind, name: 'files', timing: {}, dependsOn: [], spec: { files: wanted, record } },
  ];
}

function placed(
  file: ManagedFile,
  { inventory, root }: { readonly inventory: Inventory; readonly root: string | null },
): readonly JsonObject[] {
  const { id, kind, source, mode } = file;
  const destination = pathOf(file);
  if (destination === null || kind === 'k8s') return [];
  return [
    {
      id,
      kind,
      source,
      sourcePath: root === null ? source : `${root}/${source}`,
      destination,
      mode,
      ...(kind === 'caddyfile' ? { admin: adminIn(inventory, file) } : {}),
    },
  ];
}
