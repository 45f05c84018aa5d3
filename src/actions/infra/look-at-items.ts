import { adminIn, type Loaded, loadedBy, notAsked } from '../../kinds/file/caddy-admin.ts';
import { basePath, baseTextOf } from '../../kinds/file/compare.ts';
import { type Applied, parseApplied } from '../../model/applied.ts';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import { type Host, type Inventory, type ManagedFile, pathOf } from '../../model/inventory.ts';
import type { Report } from '../../model/report.ts';
import { sameMachine } from '../../model/same-machine.ts';
import type { CallOptions, Transports } from '../../transports/contract.ts';
import type { FileSeen } from '../../transports/contract-files.ts';
import { unitCheckOf } from '../unit-mark.ts';
import { manifestsIn } from './look-at-clusters.ts';
import type { ItemSeen } from './plan-items.ts';
import { orphansOf } from './plan-orphans.ts';

/** Where the repo and the record are, and how to look. */
export interface LookGround {
  readonly inventory: Inventory;
  /** The folder of the inventory; null for a simulated network. */
  readonly root: string | null;
  readonly record: string;
  readonly transports: Transports;
  readonly options: CallOptions;
  /** How the units of the services are. */
  readonly report: Report;
}

/** All that a plan is made of. */
export interface InfraSeen {
  readonly items: readonly ItemSeen[];
  /** What was once applied, by id; null where its host was not reached. */
  readonly orphans: ReadonlyMap<string, FileSeen | null>;
}

/** The record of what was applied; one that cannot be read is no empty one. */
export async function readApplied({
  transports,
  record,
  options,
}: Pick<LookGround, 'transports' | 'record' | 'options'>): Promise<{
  readonly applied: Applied;
  readonly sha256: string | null;
}> {
  const [seen] = await transports.lookAtFiles(null, [record], options);
  if (seen?.fault) throw new FaultError(seen.fault);
  const applied = parseApplied(seen?.isThere ? seen.text : null);
  if (applied !== null) return { applied, sha256: seen?.sha256 ?? null };
  const hint = 'is it of a newer joelclaw? move it away to begin anew';
  throw new FaultError(
    faultOf('protocol', `${record} is no record of what was applied`, { side: 'prober', hint }),
  );
}

/** Looks at every managed file here and where it goes, at what runs, and at what was once applied. */
export async function lookAtItems(ground: LookGround, applied: Applied): Promise<InfraSeen> {
  const { inventory, root, transports, options } = ground;
  const files = inventory.files.filter((file) => file.kind !== 'k8s' && pathOf(file) !== null);
  const orphans = orphansOf(inventory, applied);
  const sources = files.map(({ source }) => (root === null ? source : `${root}/${source}`));
  const [repo, live, manifests] = await Promise.all([
    transports.lookAtFiles(null, sources, options),
    lookOnHosts(ground, [
      ...files.map((file) => ({ host: file.host ?? '', path: pathOf(file) ?? '' })),
      ...orphans,
    ]),
    manifestsIn(ground),
  ]);
  const items = inventory.files.map(async (file): Promise<ItemSeen> => {
    const index = files.indexOf(file);
    const [source, there] = [repo[index], live[index]];
    const known = { file, recorded: applied.get(file.id) ?? null, ...unitOf(file, ground) };
    if (index < 0 || !source || !there) {
      const why = `it goes nowhere: name its ${file.kind === 'k8s' ? 'cluster' : 'host'}`;
      return { ...known, seen: null, why, ...manifests.get(file.id), isLoaded: null };
    }
    if ('why' in there) return { ...known, seen: null, why: there.why, isLoaded: null };
    const loaded = await caddyHas(file, there, ground);
    const places = files.flatMap((one) => (one.host === file.host ? (pathOf(one) ?? []) : []));
    const seen = { repo: source, live: there };
    const base = await baseOf({ ...seen, applied: known.recorded }, ground);
    return { ...known, seen, base, why: '', ...loaded, places };
  });
  const gone = orphans.map(({ id }, index) => {
    const seen = live[files.length + index];
    return [id, seen && !('why' in seen) ? seen : null] as const;
  });
  return { items: await Promise.all(items), orphans: new Map(gone) };
}

/** The text that was applied, where both sides have changed since and it is kept. */
async function baseOf(
  sides: Parameters<typeof basePath>[1],
  { record, transports, options }: LookGround,
): Promise<string | null> {
  const path = basePath(record, sides);
  if (path === null) return null;
  const [kept] = await transports.lookAtFiles(null, [path], options);
  return baseTextOf(kept, sides.applied);
}

/** A file, or why nobody could look. */
type Looked = FileSeen | { readonly why: string };

interface Place {
  readonly host: string;
  readonly path: string;
}

/** In the order of the places, one exchange a host; one that cannot be reached hides only its own. */
async function lookOnHosts(
  { inventory, transports, options }: LookGround,
  places: readonly Place[],
): Promise<readonly Looked[]> {
  const found = new Map<Place, Looked>();
  const byHost = Map.groupBy(places, ({ host }) => host);
  await Promise.all(
    [...byHost].map(async ([name, wanted]) => {
      const host = inventory.hosts.find((one) => one.name === name);
      const seen = await lookOn(host, wanted, { transports, options });
      for (const [index, place] of wanted.entries()) {
        const one = 'why' in seen ? seen : seen[index];
        if (one) found.set(place, one);
      }
    }),
  );
  return places.map((place) => found.get(place) ?? { why: 'not looked at' });
}

async function lookOn(
  host: Host | undefined,
  wanted: readonly Place[],
  { transports, options }: Pick<LookGround, 'transports' | 'options'>,
): Promise<readonly FileSeen[] | { readonly why: string }> {
  if (!host) return { why: 'it goes nowhere: name its host' };
  const { access, hostname } = host;
  if (access === 'local' && hostname && !sameMachine(hostname, transports.hostname)) {
    return { why: `this machine is ${transports.hostname}, not ${hostname}` };
  }
  const paths = wanted.map(({ path }) => path);
  return transports.lookAtFiles(host, paths, options).catch((error: unknown) => {
    if (!(error instanceof FaultError)) throw error;
    return { why: error.fault.message };
  });
}

function unitOf({ service: id }: ManagedFile, { inventory, report }: LookGround) {
  const service = inventory.services.find((one) => one.id === id);
  const seen = report.services.find((one) => one.id === id);
  const isManaged = service !== undefined && service.manager.kind !== 'none' && service.enabled;
  return { isManaged, unit: seen ? unitCheckOf(seen) : null };
}

async function caddyHas(
  file: ManagedFile,
  live: FileSeen,
  { inventory, transports, options }: LookGround,
): Promise<Loaded> {
  if (file.kind !== 'caddyfile' || !live.isThere || live.fault) return notAsked;
  const admin = adminIn(inventory, file);
  return admin === null ? notAsked : loadedBy(admin, live.text, { transports, options });
}
