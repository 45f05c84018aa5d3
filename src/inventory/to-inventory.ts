import type {
  CheckSpec,
  Host,
  Inventory,
  ManagedFile,
  Service,
  Timing,
} from '../model/inventory.ts';
import type { JsonObject } from '../model/json.ts';
import { commonCheckFields, type DeclaredCheck } from './check-schema.ts';
import type { DeclaredInventory } from './schema.ts';

/** The nouns of a valid declaration: ids made, defaults filled in, milliseconds everywhere. */
export function toInventory(declared: DeclaredInventory): Inventory {
  const { interval, timeout, failureThreshold, successThreshold } = declared.defaults;
  return {
    name: declared.name,
    defaults: { intervalMs: interval, timeoutMs: timeout, failureThreshold, successThreshold },
    hosts: declared.hosts.map(toHost),
    clusters: declared.clusters.map((cluster) => ({
      ...cluster,
      context: cluster.context ?? null,
      uid: cluster.uid ?? null,
    })),
    services: declared.services.map(toService),
    inngest: declared.inngest.map(({ name, url, worker, app, expect, eventKey }) => ({
      name,
      url,
      worker: worker ?? null,
      app: app ?? null,
      expect: expect ?? null,
      // Set to nothing it is none: `${INNGEST_EVENT_KEY:-}`.
      eventKey: eventKey || null,
    })),
    tailscale: declared.tailscale?.enabled ?? false,
    files: withOwnIds(declared.files.map(toFile)),
    vault: declared.vault ?? null,
  };
}

function toHost(host: DeclaredInventory['hosts'][number]): Host {
  const { name, description, disks } = host;
  const access = host.access ?? (host.ssh ? 'ssh' : 'local');
  const ssh = access === 'ssh' || host.ssh ? toSsh(name, host.ssh) : null;
  const { hostname = null, tailscale = null } = host;
  return { name, description, access, ssh, hostname, tailscale, disks };
}

function toSsh(name: string, ssh: DeclaredInventory['hosts'][number]['ssh']): Host['ssh'] {
  const { host = name, port = 22, user = null, identityFile = null, proxyJump = null } = ssh ?? {};
  const { knownHosts = ['~/.ssh/known_hosts'], client = 'ssh2' } = ssh ?? {};
  return { host, port, user, identityFile, knownHosts, proxyJump, client };
}

function toService(service: DeclaredInventory['services'][number]): Service {
  const { port = null, checks, ...rest } = service;
  const id = `${service.host}/${service.name}`;
  return { id, ...rest, port, checks: checks.map(toCheck) };
}

function toCheck(check: DeclaredCheck): CheckSpec {
  const { kind, name = kind, dependsOn = [] } = check;
  const spec = Object.fromEntries(
    Object.entries(check).filter(([key]) => key !== 'kind' && !(key in commonCheckFields)),
  ) as JsonObject;
  return { kind, name, timing: timingOf(check), dependsOn, spec };
}

/** Only what the check itself says. */
function timingOf(check: DeclaredCheck): Partial<Timing> {
  const { interval, timeout, failureThreshold, successThreshold } = check;
  return {
    ...(interval === undefined ? {} : { intervalMs: interval }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(failureThreshold === undefined ? {} : { failureThreshold }),
    ...(successThreshold === undefined ? {} : { successThreshold }),
  };
}

/** `launchd/com.joel.caddy`: the kind and the source's name without its ending. */
export function fileId(file: { readonly kind: string; readonly source: string }): string {
  const base = file.source.split('/').at(-1) ?? file.source;
  return `${file.kind}/${base.replace(/\.(plist|ya?ml|example|service)$/, '')}`;
}

function toFile(file: DeclaredInventory['files'][number]): ManagedFile {
  const { kind, source } = file;
  const { host = null, cluster = null, destination = null } = file;
  const { mode = null, service = null, admin = null } = file;
  return { id: fileId(file), kind, source, host, cluster, destination, mode, service, admin };
}

/**
 * Files that would share an id say where they go: `caddyfile/Caddyfile@panda`, and where that is not
 * enough where they come from and their whole way: `file/infra/a/start.sh@panda:/opt/a/start.sh`.
 */
function withOwnIds(files: readonly ManagedFile[]): readonly ManagedFile[] {
  const placeOf = ({ host, cluster }: ManagedFile): string => host ?? cluster ?? '';
  const placed = distinct(files, (file) => `${file.id}@${placeOf(file)}`);
  return distinct(placed, (file) => {
    const { kind, source, destination } = file;
    return `${kind}/${source}@${placeOf(file)}:${destination ?? ''}`;
  });
}

function distinct(
  files: readonly ManagedFile[],
  longer: (file: ManagedFile) => string,
): readonly ManagedFile[] {
  const count = Map.groupBy(files, ({ id }) => id);
  return files.map((file) =>
    count.get(file.id)?.length === 1 ? file : { ...file, id: longer(file) },
  );
}
