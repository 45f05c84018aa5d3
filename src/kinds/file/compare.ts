import { type AppliedFile, keptPath } from '../../model/applied.ts';
import type { FileVerdict } from '../../model/file-verdict.ts';
import type { FileKind } from '../../model/inventory.ts';
import type { FileSeen } from '../../transports/contract-files.ts';
import { plistMeaning } from '../launchd/plist-meaning.ts';
import { bothSides } from './both-sides.ts';
import { type Difference, differenceOf } from './difference.ts';
import { envKeys, shownEnvKeys } from './env-keys.ts';
import { otherNames } from './environment-values.ts';
import { hideValues } from './hide-values.ts';
import { sourceTrouble } from './source-trouble.ts';
import { threeWay } from './three-way.ts';

/** A managed file as it is declared, its places written out. */
export interface Wanted {
  readonly id: string;
  readonly kind: FileKind;
  /** In the repo, as the inventory names it. */
  readonly source: string;
  readonly mode: string | null;
}

/** How it stands. `change` is what an apply would do to its text, without values that may be secret. */
export interface Compared {
  readonly id: string;
  readonly verdict: FileVerdict;
  readonly note: string;
  readonly change: Difference | null;
}

/** A file where it is kept, where it goes, and as it was applied last; null where it never was. */
export interface Beside {
  readonly repo: FileSeen;
  readonly live: FileSeen;
  readonly applied: AppliedFile | null;
  /** The text that was applied then, where both sides have changed since and it is kept. */
  readonly base?: string | null;
}

/**
 * A file of the repo beside what is there and what was last applied; without that, what differs is
 * `unmanaged`. What cannot be read is `unknown`, never in sync and never missing.
 */
export function compare(wanted: Wanted, { repo, live, applied, base = null }: Beside): Compared {
  const say = (verdict: FileVerdict, note: string, change: Difference | null = null): Compared => ({
    id: wanted.id,
    verdict,
    note,
    change,
  });
  const trouble = sourceTrouble(wanted.source, repo);
  if (trouble !== null) return say('unknown', trouble);
  if (live.fault) return say('unknown', live.fault.message);
  if (!live.isThere) {
    const gone = applied === null ? 'not there' : `gone since it was applied at ${applied.at}`;
    // Nobody writes over a link.
    if (live.isLink) return say('missing', 'a link that leads nowhere');
    return say('missing', gone, wholeOf(wanted.kind, repo.text));
  }
  const inPlace = placeTroubles(wanted, live, applied);
  if (wanted.kind === 'env') return compareKeys({ repo, live, applied, inPlace }, wanted, say);
  const change = live.text === repo.text ? null : textChange(wanted.kind, live.text, repo.text);
  const notes = [...(change ? [change.note] : []), ...inPlace];
  const verdict = threeWay({
    repoIsLive: notes.length === 0,
    applied: applied && {
      isRepo: repo.sha256 === applied.sha256 && wanted.mode === applied.mode,
      isLive: live.sha256 === applied.sha256 && !live.isLink && liesAsLeft(live, applied),
    },
  });
  const difference = change?.difference ?? null;
  if (verdict !== 'conflict' || applied === null || difference === null) {
    return say(verdict, notes.join('; '), difference);
  }
  const texts = { kind: wanted.kind, base, repo: repo.text, live: live.text, at: applied.at };
  return say(verdict, notes.join('; '), bothSides(difference, texts));
}

/** Where what was applied lies, if it takes that to tell what each side has changed; null else. */
export function basePath(
  record: string | null,
  { repo, live, applied }: Pick<Beside, 'repo' | 'live' | 'applied'>,
): string | null {
  const sums = new Set([repo.sha256, live.sha256, applied?.sha256 ?? null]);
  return applied === null || sums.size < 3 || sums.has(null) ? null : keptPath(record, applied);
}

/** What was applied, of the file where it is kept; null where that is gone or holds another text by now. */
export function baseTextOf(kept: FileSeen | undefined, applied: AppliedFile | null): string | null {
  return kept?.isThere && !kept.fault && kept.sha256 === applied?.sha256 ? kept.text : null;
}

function liesAsLeft(live: FileSeen, applied: AppliedFile): boolean {
  const mode = applied.stood?.mode ?? applied.mode;
  return (mode === null || mode === live.mode) && isOwner(live, applied);
}

/** Whether a file is whose it was when it was applied, as far as both are known. */
export function isOwner({ owner }: FileSeen, applied: AppliedFile | null): boolean {
  const { owner: was = null } = applied?.stood ?? {};
  return was === null || owner === null || was === owner;
}

/** All that is to be there: of an environment the names. */
function wholeOf(kind: FileKind, text: string): Difference | null {
  if (kind !== 'env') return differenceOf('', hideValues(text, kind));
  const lines = envKeys(text).map((key) => `+${key}`);
  return { added: lines.length, removed: 0, lines };
}

interface Change {
  readonly note: string;
  readonly difference: Difference | null;
}

function textChange(kind: FileKind, live: string, repo: string): Change {
  const [from, to] = [hideValues(live, kind), hideValues(repo, kind)];
  const isForm = kind === 'launchd' && isSameMeaning(live, repo);
  if (from === to) {
    const names = kind === 'launchd' ? otherNames(live, repo).join(', ') : '';
    const note = `a value differs that is not shown${names === '' ? '' : `: ${names}`}`;
    return { note: isForm ? onlyForm : note, difference: null };
  }
  if (withoutReturns(from) === withoutReturns(to)) {
    return { note: 'only the ends of its lines differ', difference: null };
  }
  const difference = differenceOf(from, to);
  if (isForm) return { note: onlyForm, difference };
  return { note: difference ? 'its text differs' : 'nearly all of it differs', difference };
}

/** What launchd makes of both is the same. */
const onlyForm = 'only its form differs, not what it says';

function isSameMeaning(live: string, repo: string): boolean {
  const said = plistMeaning(live);
  return said !== null && said === plistMeaning(repo);
}

function withoutReturns(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

type Say = (verdict: FileVerdict, note: string, change?: Difference | null) => Compared;

interface Sides extends Beside {
  readonly inPlace: readonly string[];
}

/**
 * Of an environment only the names count: its values belong to the machine, and are never looked at.
 * What it lacks can be added whatever else stands there, but one that lies otherwise than it is to is
 * what hands have made.
 */
function compareKeys(sides: Sides, { source }: Wanted, say: Say): Compared {
  const { repo, live, applied, inPlace } = sides;
  const [wanted, found] = [envKeys(repo.text), envKeys(live.text)];
  const lacking = wanted.filter((key) => !found.includes(key));
  const known = [...wanted, ...(applied?.keys ?? [])];
  const more = shownEnvKeys(live.text).filter((key) => !known.includes(key));
  const notes = [
    ...(lacking.length > 0 ? [`it lacks ${lacking.join(', ')}`] : []),
    ...(more.length > 0 ? [`${source} does not name ${more.join(', ')}`] : []),
    ...inPlace,
  ];
  if (notes.length === 0) return say('in-sync', '');
  const change = {
    added: lacking.length,
    removed: more.length,
    lines: [...lacking.map((key) => `+${key}`), ...more.map((key) => `-${key}`)],
  };
  const named = change.lines.length > 0 ? change : null;
  const isNew = lacking.some((key) => !applied?.keys?.includes(key));
  const edited = applied === null ? 'unmanaged' : isNew ? 'conflict' : 'drift';
  const isPending = lacking.length > 0 && inPlace.length === 0;
  return say(isPending ? 'pending' : edited, notes.join('; '), named);
}

/** What is wrong with how it lies there. launchd refuses what others may write, or a link. */
function placeTroubles(
  { kind, mode: declared }: Wanted,
  live: FileSeen,
  applied: AppliedFile | null,
): readonly string[] {
  const { mode, isLink, owner } = live;
  const { mode: left = null, owner: whose = null } = applied?.stood ?? {};
  const wanted = declared ?? (kind === 'env' ? '0600' : null);
  const isOpen = kind === 'launchd' && (Number.parseInt(mode ?? '0', 8) & 0o022) !== 0;
  return [
    ...(isLink ? ['a link, not a file'] : []),
    ...(wanted !== null && mode !== wanted ? [`mode ${mode}, not ${wanted}`] : []),
    ...(wanted === null && isOpen ? [`mode ${mode}: others may write it`] : []),
    ...(wanted === null && !isOpen && left !== null && mode !== left
      ? [`mode ${mode}, applied as ${left}`]
      : []),
    ...(isOwner(live, applied) ? [] : [`owner ${owner}, applied as ${whose}`]),
  ];
}
