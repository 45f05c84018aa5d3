import type { ApplyGroup } from '../../actions/infra/apply-groups.ts';
import type { PlannedItem } from '../../model/infra.ts';
import type { ManagedFile, Service } from '../../model/inventory.ts';
import { type ApplyGround, finishing } from './apply-ground.ts';
import { adminFor, loadCaddy, type Unasked } from './load-caddy.ts';
import { proveRollout } from './prove-rollout.ts';
import { type Served, startAnew } from './start-anew.ts';

/** How what runs is told of its files: `mark` only keeps that it was not; a cluster rolls out by itself. */
export type Serving = 'restart' | 'load' | 'rollout' | 'mark' | 'none';

/** A Caddyfile alone is loaded without a pause; all else is read at a start. */
export function howToServe({ service, items }: ApplyGroup, ground: ApplyGround): Serving {
  if (items.every(({ objects = [] }) => objects.length > 0)) return 'rollout';
  if (service === null) return 'none';
  if (ground.noRestart) return 'mark';
  const isRemoved = items.every(({ item }) => item.action === 'delete');
  if (isRemoved) return 'none';
  const admins = items.map((planned) => adminOf(planned, ground));
  if (admins.every((admin) => admin !== null)) return 'load';
  return service.manager.kind === 'none' || !service.enabled ? 'mark' : 'restart';
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
  const { service, items } = group;
  if (how === 'rollout') return proveRollout({ group, forPutBack }, ground);
  if (how === 'load') return loadAll(group, ground);
  if (how !== 'restart' || service === null) return { state: 'done', words: '' };
  const unitWritten = items.some(({ item }) => item.kind === 'launchd' || item.kind === 'systemd');
  return startAnew(service, { unitWritten, isNew }, ground.act);
}

async function loadAll({ service, items }: ApplyGroup, ground: ApplyGround): Promise<Served> {
  let served: Served = { state: 'done', words: '' };
  for (const planned of items) {
    const admin = adminOf(planned, ground);
    const text = await textOf(planned, ground);
    if (admin === null || text === null || served.state !== 'done') continue;
    const said = await loadCaddy({ admin, text, service }, ground.act);
    served = said.state === 'unasked' ? await unasked(service, said, ground) : said;
  }
  return served;
}

/** A Caddy that does not run reads its file at its next start. */
async function unasked(
  service: Service | null,
  { words }: Unasked,
  { act }: ApplyGround,
): Promise<Served> {
  const isManaged = service !== null && service.manager.kind !== 'none' && service.enabled;
  if (isManaged) return startAnew(service, { unitWritten: false, isNew: false }, act);
  return { state: 'refused', words: `written, and its Caddy could not be told: ${words}` };
}

function fileOf({ item }: PlannedItem, { act }: ApplyGround): ManagedFile | undefined {
  return act.open.network.inventory.files.find(({ id }) => id === item.id);
}

function adminOf(planned: PlannedItem, ground: ApplyGround): string | null {
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
