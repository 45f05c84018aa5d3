import { type Compared, compare, isOwner } from '../../kinds/file/compare.ts';
import type { AppliedFile } from '../../model/applied.ts';
import { type FileVerdict, handMade } from '../../model/file-verdict.ts';
import type { InfraAction, InfraWrite, PlannedItem } from '../../model/infra.ts';
import { type ManagedFile, pathOf } from '../../model/inventory.ts';
import type { ObjectWrite } from '../../model/object-write.ts';
import type { CheckReport } from '../../model/report.ts';
import { runningState, withRunning } from '../../model/running-state.ts';
import type { FileSeen } from '../../transports/contract-files.ts';
import { appendEnv, createEnv } from './plan-env.ts';
import { type ManifestSeen, objectsToAdopt, objectWrites } from './plan-objects.ts';

/** What was seen of a managed file; `seen` is null where it could not be looked at, for `why`. */
export interface ItemSeen {
  readonly file: ManagedFile;
  readonly seen: { readonly repo: FileSeen; readonly live: FileSeen } | null;
  /** How the objects of a manifest stand; absent of all else. */
  readonly manifest?: ManifestSeen;
  readonly why: string;
  readonly recorded: AppliedFile | null;
  /** What was applied last, where both sides have changed since and it is kept. */
  readonly base?: string | null;
  readonly unit: CheckReport | null;
  /** Whether its service has somebody who starts it. */
  readonly isManaged: boolean;
  readonly isLoaded: boolean | null;
  /** Why a Caddy that was asked has not told; absent where it has, or was not asked. */
  readonly notTold?: string | null;
  /** Where files of the inventory go on its host. */
  readonly places?: readonly string[];
}

interface PlanFlags {
  readonly overwriteDrift: boolean;
}

/** What an apply would do about a file. Touches nothing. */
export function planItem(one: ItemSeen, flags: PlanFlags): PlannedItem {
  const { file, recorded, seen } = one;
  const alone = one.manifest ?? (seen === null ? unseen(one) : comparedOf(one));
  const running = runningOf(one);
  const beside = withRunning(alone.verdict, running, { isRecorded: recorded !== null });
  const compared = { ...alone, verdict: beside.verdict };
  const env = file.kind === 'env' && seen !== null ? envOf(seen) : null;
  const write = writeOf(one, compared, { ...flags, env: env?.text ?? null });
  const objects = one.manifest ? objectWrites(one.manifest, flags) : [];
  const adopts = one.manifest ? objectsToAdopt(one.manifest) : [];
  const alike = actionOf(one, compared, { write, objects, reason: running.reason });
  const action = alike === 'none' && adopts.length > 0 ? 'record' : alike;
  const notes = [
    compared.note,
    ...(one.manifest?.whyNotWritten && action === 'left' ? [one.manifest.whyNotWritten] : []),
    ...(seen !== null && isNoText(seen.live) && !settled.has(compared.verdict)
      ? ['what is there is no text in UTF-8: move it away by hand']
      : []),
    ...(env !== null && env.wantsValue.length > 0
      ? [`needs a value: ${env.wantsValue.join(', ')}`]
      : []),
    ...beside.notes,
  ];
  const { id, kind, host, source, destination, service } = file;
  return {
    item: {
      ...{ id, kind, host, source, destination, service, verdict: compared.verdict },
      reloadNeeded: beside.reloadNeeded,
      note: notes.filter((words) => words !== '').join('; '),
      action,
    },
    change: compared.change,
    write: action === 'create' || action === 'write' || action === 'append' ? write : null,
    ...(objects.length > 0 ? { objects } : {}),
    ...(adopts.length > 0 ? { adopts } : {}),
    recorded,
    liveSha256: seen?.live.sha256 ?? null,
    ...liveOf(seen?.live),
    livePath: pathOf(file) ?? '',
    declaredMode: file.mode,
  };
}

function liveOf(seen: FileSeen | undefined): Pick<PlannedItem, 'live'> {
  if (seen?.sha256 == null) return {};
  const { text, mode, owner } = seen;
  return { live: { text, mode, owner } };
}

type Standing = Pick<Compared, 'verdict' | 'note' | 'change'>;

const nothingRuns = { reason: null, unread: null, dropIns: [] };

/** Of what is not there nothing can run; of a manifest its objects tell. */
function runningOf({ seen, file, recorded, ...one }: ItemSeen) {
  if (seen === null || !seen.live.isThere) return nothingRuns;
  const { kind } = file;
  const { changedAtMs = null } = seen.live;
  const unreadSince = recorded?.unreadSince ?? null;
  return runningState({ ...one, kind, unreadSince, changedAtMs });
}

function unseen({ why }: ItemSeen): Standing {
  return { verdict: 'unknown', note: why, change: null };
}

function comparedOf({ file, seen, recorded, base = null }: ItemSeen): Standing {
  const { id, kind, source, mode } = file;
  const { repo, live } = seen as NonNullable<ItemSeen['seen']>;
  return compare({ id, kind, source, mode }, { repo, live, applied: recorded, base });
}

function envOf({ repo, live }: NonNullable<ItemSeen['seen']>) {
  return live.isThere ? appendEnv(repo.text, live.text) : createEnv(repo.text);
}

/** Bytes that are no text were read as marks of that: they would not be kept as they were. */
function isNoText({ text }: FileSeen): boolean {
  return text.includes('\uFFFD');
}

const settled: ReadonlySet<FileVerdict> = new Set(['in-sync', 'unknown']);

function writeOf(
  { file, seen, recorded }: ItemSeen,
  { verdict }: Standing,
  { overwriteDrift, env }: PlanFlags & { readonly env: string | null },
): InfraWrite | null {
  const path = pathOf(file);
  const isWanted = verdict === 'pending' || verdict === 'missing';
  const isHandMade = handMade.has(verdict);
  // What an environment lacks is added whatever hands have made of it otherwise, which stays.
  const onlyAdds = isHandMade && !overwriteDrift && env !== null;
  const mayBe = isWanted || onlyAdds || (overwriteDrift && isHandMade);
  if (seen === null || path === null || !mayBe) return null;
  const { repo, live } = seen;
  // A link is replaced by nobody, and what is no text is not kept whole.
  if (live.isLink || isNoText(live)) return null;
  const stood = recorded?.stood?.mode ?? live.mode ?? '0644';
  const wanted = file.mode ?? (file.kind === 'env' ? '0600' : stood);
  const mode = onlyAdds ? (live.mode ?? wanted) : wanted;
  const isOpen = (Number.parseInt(mode, 8) & 0o022) !== 0;
  const safeMode = file.mode === null && file.kind === 'launchd' && isOpen ? '0644' : mode;
  const keepsText = file.kind === 'env' && live.isThere;
  // Of an environment that lacks nothing only the mode may be wrong: its lines stay.
  const onlyMode = keepsText && verdict !== 'pending' ? live.text : null;
  const text = file.kind === 'env' ? (env ?? onlyMode) : repo.text;
  const owner = onlyAdds || isOwner(live, recorded) ? null : (recorded?.stood?.owner ?? null);
  const isSame = text === live.text && live.mode === safeMode && owner === null;
  if (text === null || (isSame && live.isThere)) return null;
  const before = live.isThere
    ? { text: live.text, mode: live.mode ?? safeMode, owner: live.owner }
    : null;
  const again = owner === null || !live.isThere ? {} : { owner };
  return { path, text, mode: safeMode, was: live.sha256, before, ...again };
}

interface Wanted {
  readonly write: InfraWrite | null;
  readonly objects: readonly ObjectWrite[];
  readonly reason: string | null;
}

function actionOf(
  { file, recorded, isManaged, manifest }: ItemSeen,
  { verdict }: Standing,
  { write, objects, reason }: Wanted,
): InfraAction {
  if (objects.length > 0) return objects.every(({ live }) => live === null) ? 'create' : 'write';
  if (write !== null) {
    if (verdict === 'missing') return 'create';
    return file.kind === 'env' && write.text !== write.before?.text ? 'append' : 'write';
  }
  if (verdict !== 'in-sync' && verdict !== 'converged') return 'left';
  if (manifest) return 'none';
  if (reason !== null && (isManaged || file.kind === 'caddyfile')) return 'reload';
  if (verdict === 'converged' || recorded === null) return 'record';
  return reason === null ? 'none' : 'left';
}
