import { createStore, type StoreApi } from 'zustand/vanilla';
import { plainText } from '../model/plain-text.ts';
import type { Watched, WatchedReader } from '../watch/store.ts';
import type { ActionView } from './action-view.ts';
import type { Reduced } from './acts.ts';
import { clicked } from './click-row.ts';
import { digestOf } from './digest.ts';
import type { AnyIntent } from './intent.ts';
import { type Known, knownOf } from './known.ts';
import { isTooSmall, type Size } from './layout.ts';
import { listedOf, settle } from './listed.ts';
import type { LogsView } from './logs-view.ts';
import { paintLines } from './paint.ts';
import { pasteText } from './prompt-keys.ts';
import { reduceKey } from './reduce-key.ts';
import { resized } from './resized.ts';
import { saysTheSame } from './says-the-same.ts';
import { screenOf } from './screen.ts';
import { type Meta, timeFrameOf } from './shown.ts';
import { createStrips } from './strips.ts';
import { surroundingsOf } from './surroundings.ts';
import type { ThemeName } from './themes.ts';
import { memoryOf, type UiMemory } from './ui-memory.ts';
import { openUi, type UiState } from './ui-state.ts';
import { withAction } from './with-action.ts';

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
  /** Asked while nobody looks: what cannot be seen is not drawn at all. */
  isSeen?(): boolean;
  /** Milliseconds that never jump; without them no key is ever too early. */
  monotonicMs?(): number;
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
  /** Words for the footer, until the next key. */
  tell(words: string): void;
  /** Shows an action, or no action any more. */
  show(action: ActionView | null): void;
  /** Shows logs as they are now, or none any more. */
  showLogs(logs: LogsView | null): void;
  /** The mouse's wheel, and its button upon a cell. */
  wheel(direction: 1 | -1): void;
  click(row: number): void;
  close(): void;
}

/** All that a frame comes of, but for what never changes. */
interface Mind {
  readonly ui: UiState;
  readonly known: Known;
  readonly size: Size;
  readonly focused: boolean;
  /** What the last frame was made of. */
  readonly drawn: Known;
  readonly action: ActionView | null;
  readonly logs: LogsView | null;
  /** Keys before this are of before the question: they are ignored. */
  readonly deafUntilMs: number;
}

const noAction = { action: null, logs: null, deafUntilMs: 0 } as const;

/** Nobody looks: a frame this often shows all the same that it is alive. */
const unseenEveryMs = 5000;
/** A frame is dear, and of figures that only moved nobody reads more than this. */
const figuresEveryMs = 2000;

/** Opens one. It draws when the store commits, a key is pressed or the size changes, and only then. */
export function openCockpit(options: CockpitOptions): Cockpit {
  const { store, meta, theme, size, remembered } = options;
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
  });
  mind = withDigest(mind, meta);
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
    if (!focused) return sinceMs < unseenEveryMs || options.isSeen?.() === false;
    return !meta.clock && sinceMs < figuresEveryMs && saysTheSame(last, next);
  };
  const change = (next: () => Partial<Mind>, waits: () => boolean = () => false): void => {
    try {
      mind = settled({ ...mind, ...next() });
      if (waits()) return;
      mind = { ...mind, drawn: mind.known };
      const lines = drawn();
      if (!sameLines(lines, frames.getState().lines)) frames.setState({ lines });
    } catch (error) {
      options.onError(error);
    }
  };
  const take = ({ ui, intents }: Reduced): void => {
    mind = settled({ ...mind, ui });
    for (const intent of intents) options.onIntent(intent);
  };
  const press = (keys: readonly string[]): Mind => {
    const screen = (): readonly string[] => textOfLines(frames.getState().lines);
    for (const key of keys) {
      if (nowMs() < mind.deafUntilMs && key !== 'ctrl-c') continue;
      take(reduceKey(mind.ui, key, { ...surroundingsOf({ ...mind, meta }), screen }));
    }
    return mind;
  };
  return {
    frames,
    press: (...keys) => change(() => press(keys)),
    paste: (text) =>
      change(() =>
        isTooSmall(mind.size) ? {} : { ui: pasteText(mind.ui, plainText(text), mind.action).ui },
      ),
    resize: (next) => change(() => resized(mind, next, nowMs())),
    memory: () => memoryOf({ ...mind.ui, lookedAt: seenUntil(mind) }),
    // Some terminals say twice that they are looked at.
    focus: (focused) =>
      change(() => {
        if (focused === mind.focused) return {};
        return focused
          ? withDigest({ ...mind, focused }, meta)
          : { focused, ui: { ...mind.ui, lookedAt: seenUntil(mind) } };
      }),
    show: (action) => change(() => withAction(mind, action, nowMs())),
    showLogs: (logs) => change(() => ({ logs })),
    tell: (message) => change(() => ({ ui: { ...mind.ui, message } })),
    wheel: (direction) => change(() => press(Array(3).fill(direction > 0 ? 'down' : 'up'))),
    click: (row) => change(() => (isTooSmall(mind.size) ? {} : { ui: clicked(mind, row) })),
    close: store.subscribe((watched) => change(() => ({ known: seen(watched) }), canWait)),
  };
}

/** What was last known on disk is not seen by looking at it. */
function seenUntil({ focused, known, ui }: Mind): string | null {
  if (!focused || known.restoredFrom !== null) return ui.lookedAt;
  return new Date(known.atMs).toISOString();
}

function withDigest(mind: Mind, meta: Meta): Mind {
  const times = timeFrameOf({ ...mind, meta });
  const message = digestOf(mind.known, mind.ui.lookedAt, times);
  return message === null ? mind : { ...mind, ui: { ...mind.ui, message } };
}

function settled(mind: Mind): Mind {
  return { ...mind, ui: settle(mind.ui, listedOf(mind.ui, mind.known, mind.size)) };
}

/** A frame without its looks. */
function textOfLines(lines: readonly string[]): readonly string[] {
  return lines.map((line) => plainText(line, 1000).trimEnd());
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}
