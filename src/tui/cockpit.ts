import { createStore, type StoreApi } from 'zustand/vanilla';
import { plainLine, plainText } from '../model/plain-text.ts';
import type { Watched, WatchedReader } from '../watch/store.ts';
import type { ActionView } from './action-view.ts';
import type { Reduced } from './acts.ts';
import type { AuditView } from './audit-view.ts';
import { clicked } from './click-row.ts';
import type { AnyIntent } from './intent.ts';
import { type Known, knownOf } from './known.ts';
import { isTooSmall, type Size } from './layout.ts';
import type { LogsView } from './logs-view.ts';
import {
  type Mind,
  noAction,
  seenUntil,
  settled,
  startingMs,
  withDigest,
  withKnown,
} from './mind.ts';
import { paintLines } from './paint.ts';
import { pasteText } from './prompt-keys.ts';
import { reduceKey } from './reduce-key.ts';
import { resized } from './resized.ts';
import { saysTheSame } from './says-the-same.ts';
import { screenOf } from './screen.ts';
import type { Meta } from './shown.ts';
import { createStrips } from './strips.ts';
import { type OffersOf, surroundingsOf } from './surroundings.ts';
import type { ThemeName } from './themes.ts';
import { memoryOf, type UiMemory } from './ui-memory.ts';
import { openUi } from './ui-state.ts';
import { withAction } from './with-action.ts';
import { withAudit } from './with-audit.ts';
import { inTime, keyWordsMs, toldWordsMs } from './words-in-time.ts';

const nothingOffered: OffersOf = () => ({ choices: [], why: null });

/** What is on the screen: painted lines. Set only when one of them differs. */
interface Frame {
  readonly lines: readonly string[];
}

/** What a cockpit is opened with. `onIntent` is told what the keys ask for. */
export interface CockpitOptions {
  readonly store: WatchedReader;
  readonly size: Size;
  readonly meta: Meta;
  readonly theme: ThemeName;
  readonly remembered?: UiMemory | undefined;
  /** What cannot be seen is not drawn at all, whatever changes. */
  isSeen?(): boolean;
  /** Milliseconds that never jump; without them no key is ever too early. */
  monotonicMs?(): number;
  /** What can be done to these; nothing unless told. */
  offersOf?: OffersOf | undefined;
  onIntent(intent: AnyIntent): void;
  /** A frame could not be made: our bug. It must not reach whoever committed to the store. */
  onError(error: unknown): void;
}

/** A cockpit without a terminal: keys and sizes go in, frames come out. */
export interface Cockpit {
  readonly frames: Pick<StoreApi<Frame>, 'getState' | 'subscribe' | 'getInitialState'>;
  press(...keys: readonly string[]): void;
  paste(text: string): void;
  resize(size: Size): void;
  memory(): UiMemory;
  /** The terminal is looked at, or not any more: then it is drawn seldom. */
  focus(focused: boolean): void;
  /** Words for the footer, for a while or until the next key. */
  tell(words: string): void;
  /** Shows an action, or no action any more. */
  show(action: ActionView | null): void;
  /** Shows logs as they are now, or none any more. */
  showLogs(logs: LogsView | null): void;
  /** Shows an audit as it is now, or none any more. */
  showAudit(audit: AuditView | null): void;
  /** The mouse's wheel, and its button upon a cell. */
  wheel(direction: 1 | -1): void;
  click(row: number): void;
  close(): void;
}

/** Nobody looks: a frame this often shows all the same that it is alive. */
const unseenEveryMs = 5000;
/** A frame is dear, and of figures that only moved nobody reads more than this. */
const figuresEveryMs = 2000;

/** Opens one. It draws when the store commits, a key is pressed or the size changes, and only then. */
export function openCockpit(options: CockpitOptions): Cockpit {
  const { store, meta, theme, size, remembered, offersOf = nothingOffered } = options;
  const strips = createStrips();
  const nowMs = (): number => options.monotonicMs?.() ?? Number.POSITIVE_INFINITY;
  const seen = (watched: Watched): Known => {
    // What was last known on disk is no sample of this cockpit's.
    if (watched.restoredFrom === null) strips.add(watched.state);
    return knownOf(watched, strips);
  };
  const known = seen(store.getState());
  let mind = settled({
    ui: openUi(remembered),
    known,
    size,
    focused: true,
    drawn: known,
    ...noAction,
    startedUntilMs: nowMs() + startingMs,
  });
  mind = withDigest(mind, meta, nowMs());
  const drawn = (): readonly string[] => {
    const { columns } = mind.size;
    return paintLines(screenOf({ ...mind, meta }, mind.size), { columns, theme });
  };
  const frames = createStore<Frame>(() => ({ lines: drawn() }));
  /** What the network does can wait while nobody looks, or reads; a key, a size, a word is drawn at once. */
  const canWait = (): boolean => {
    const { focused, drawn: last, known: next } = mind;
    // A clock that was set back makes nothing wait.
    const sinceMs = Math.abs(next.atMs - last.atMs);
    if (options.isSeen?.() === false) return true;
    if (!focused) return sinceMs < unseenEveryMs;
    return !meta.clock && sinceMs < figuresEveryMs && saysTheSame(last, next);
  };
  const change = (next: () => Partial<Mind>, waits: () => boolean = () => false): void => {
    try {
      const { message } = mind.ui;
      mind = settled(inTime({ ...mind, ...next() }, mind.known.notice, nowMs()));
      if (waits() && mind.ui.message === message) return;
      mind = { ...mind, drawn: mind.known };
      const lines = drawn();
      if (!sameLines(lines, frames.getState().lines)) frames.setState({ lines });
    } catch (error) {
      options.onError(error);
    }
  };
  const stands = (ms: number): Pick<Mind, 'wordsUntilMs'> => ({ wordsUntilMs: nowMs() + ms });
  const take = ({ ui, intents }: Reduced): void => {
    mind = settled({ ...mind, ui });
    for (const intent of intents) options.onIntent(intent);
  };
  const press = (keys: readonly string[]): Mind => {
    const screen = (): readonly string[] => textOfLines(frames.getState().lines);
    for (const key of keys) {
      if (nowMs() < mind.deafUntilMs && key !== 'ctrl-c') continue;
      take(reduceKey(mind.ui, key, { ...surroundingsOf({ ...mind, meta }, offersOf), screen }));
    }
    return { ...mind, ...stands(keyWordsMs) };
  };
  return {
    frames,
    press: (...keys) => change(() => press(keys)),
    paste: (text) =>
      change(() => {
        if (isTooSmall(mind.size)) return {};
        return { ...pasteText(mind.ui, plainText(text), mind.action), ...stands(keyWordsMs) };
      }),
    resize: (next) => change(() => resized(mind, next, nowMs())),
    memory: () => memoryOf({ ...mind.ui, lookedAt: seenUntil(mind) }),
    // Some terminals say twice that they are looked at.
    focus: (focused) =>
      change(() => {
        if (focused === mind.focused) return {};
        return focused
          ? withDigest({ ...mind, focused }, meta, nowMs())
          : { focused, ui: { ...mind.ui, lookedAt: seenUntil(mind) } };
      }),
    show: (action) =>
      change(() => ({ ...withAction(mind, action, nowMs()), ...stands(toldWordsMs) })),
    showLogs: (logs) => change(() => ({ logs })),
    showAudit: (audit) =>
      change(() => {
        const next = withAudit(mind, audit);
        return next.ui.message === mind.ui.message ? next : { ...next, ...stands(toldWordsMs) };
      }),
    tell: (message) => change(() => ({ ui: { ...mind.ui, message }, ...stands(toldWordsMs) })),
    wheel: (direction) => change(() => press(Array(3).fill(direction > 0 ? 'down' : 'up'))),
    click: (row) => change(() => (isTooSmall(mind.size) ? {} : { ui: clicked(mind, row) })),
    close: store.subscribe((watched) =>
      change(() => withKnown(mind, seen(watched), meta, nowMs()), canWait),
    ),
  };
}

/** A frame without its looks. */
function textOfLines(lines: readonly string[]): readonly string[] {
  return lines.map((line) => plainLine(line, 1000));
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}
