import type { ApplyGroup } from '../../actions/infra/apply-groups.ts';
import type { PlannedItem } from '../../model/infra.ts';
import type { ManagedFile, Service } from '../../model/inventory.ts';
import { type ApplyGround, finishing } from './apply-ground.ts';
import { adminFor, isUntold, loadCaddy, type Untold } from './load-caddy.ts';
import { proveRollout } from './prove-rollout.ts';
import { type Served, startAnew } from './start-anew.ts';

/** How what runs is told of its files: `mark` only keeps that it was not; a cluster rolls out by itself. */
export type Serving = 'restart' | 'load' | 'rollout' | 'mark' | 'none';

/** What it takes to know how something is told. */
export type ServeGround = Pick<ApplyGround, 'act' | 'noRestart'>;

/** A Caddyfile alone is loaded without a pause; all else is read at a start. */
export function howToServe({ service, items }: ApplyGroup, ground: ServeGround): Serving {
  if (items.every(({ item }) => item.kind === 'k8s')) return 'rollout';
  if (service === null) return 'none';
  if (ground.noRestart) return 'mark';
  const isRemoved = items.every(({ item }) => item.action === 'delete');
  if (isRemoved) return 'none';
  const admins = items.map((planned) => adminOf(planned, ground));
  if (admins.every((admin) => admin !== null)) return 'load';
  return startsAnew(service) ? 'restart' : 'mark';
}

interface Wanted {
  readonly group: ApplyGroup;
  readonly how: Serving;
  /** Its unit was not there before, or is not enabled. */
  readonly isNew: boolean;
  /** It goes back to what it was. */
  readonly forPutBack?: boolean;
}

/** Tells what runs once of all that was written, and proves that it is well. */
export async function serve(
  { group, how, isNew, forPutBack = false }: Wanted,
  ground: ApplyGround,
): Promise<Served> {
  const { service } = group;
  if (how === 'rollout') return proveRollout(group, ground);
  if (how === 'load') return loadAll({ group, forPutBack }, ground);
  if (how !== 'restart' || service === null) return { state: 'done', words: '' };
  return startAnew(service, { unitWritten: isUnitWritten(group), isNew }, ground.act);
}

/** Whether the file of its unit is among them. */
export function isUnitWritten({ items }: Pick<ApplyGroup, 'items'>): boolean {
  return items.some(({ item }) => item.kind === 'launchd' || item.kind === 'systemd');
}

interface Loading {
  readonly group: ApplyGroup;
  readonly forPutBack: boolean;
}

async function loadAll(
  { group: { service, items }, forPutBack }: Loading,
  ground: ApplyGround,
): Promise<Served> {
  let served: Served = { state: 'done', words: '' };
  for (const planned of items) {
    const admin = adminOf(planned, ground);
    const text = await textOf(planned, ground);
    if (admin === null || text === null || served.state !== 'done') continue;
    const said = await loadCaddy({ admin, text, service }, ground.act);
    served = isUntold(said) ? await untold({ service, said, forPutBack }, ground) : said;
  }
  return served;
}

/** A Caddy that does not run reads its file at its next start; one that hangs must not take it then. */
async function untold(
  { service, said: { state, words }, forPutBack }: ToldInVain,
  { act }: ApplyGround,
): Promise<Served> {
  if (service !== null && startsAnew(service)) {
    return startAnew(service, { unitWritten: false, isNew: false }, act);
  }
  if (state === 'unanswered') return { state: 'failed', words: `Caddy gave no answer: ${words}` };
  const note = `its Caddy could not be told: ${words}`;
  return { state: forPutBack ? 'done' : 'unread', words: note };
}

interface ToldInVain extends Pick<Loading, 'forPutBack'> {
  readonly service: Service | null;
  readonly said: Untold;
}

/** Whether somebody is known to start it anew. */
export function startsAnew({ manager, enabled }: Service): boolean {
  return manager.kind !== 'none' && enabled;
}

function fileOf({ item }: PlannedItem, { act }: ServeGround): ManagedFile | undefined {
  return act.open.network.inventory.files.find(({ id }) => id === item.id);
}

/** Where its Caddy is told; null of what is no Caddyfile, or read at a start only. */
export function adminOf(planned: PlannedItem, ground: ServeGround): string | null {
  const file = fileOf(planned, ground);
  return file?.kind === 'caddyfile' ? adminFor(file, ground.act) : null;
}

/** What stands there: of a file that only is to be loaded, what lies on its host. */
async function textOf({ item, write, livePath }: PlannedItem, { act }: ApplyGround) {
  if (write) return write.text;
  const host = act.open.network.inventory.hosts.find(({ name }) => name === item.host);
  if (!host) return null;
  const [live] = await act.open.transports.lookAtFiles(host, [livePath], finishing);
  return live?.isThere && !live.fault ? live.text : null;
}
