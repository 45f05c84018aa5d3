import { createStore, type StoreApi } from 'zustand/vanilla';
import { plainText } from '../model/plain-text.ts';
import type { WatchedReader } from '../watch/store.ts';
import type { Reduced, Surroundings } from './acts.ts';
import type { AnyIntent } from './intent.ts';
import { type Known, knownOf } from './known.ts';
import type { Size } from './layout.ts';
import { listedOf, settle } from './listed.ts';
import { paintLines } from './paint.ts';
import { helpLines } from './parts/help.ts';
import { pasteText } from './prompt-keys.ts';
import { reduceKey } from './reduce-key.ts';
import { screenOf } from './screen.ts';
import { detailOf, type Meta, type Shown } from './shown.ts';
import type { ThemeName } from './themes.ts';
import { memoryOf, type UiMemory } from './ui-memory.ts';
import { openUi, shownTab, type UiState } from './ui-state.ts';

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
  close(): void;
}

/** All that a frame comes of, but for what never changes. */
interface Mind {
  readonly ui: UiState;
  readonly known: Known;
  readonly size: Size;
}

/** Opens one. It draws when the store commits, a key is pressed or the size changes, and only then. */
export function openCockpit(options: CockpitOptions): Cockpit {
  const { store, meta, theme, size, remembered } = options;
  let mind = settled({ ui: openUi(remembered), known: knownOf(store.getState()), size });
  const drawn = (): readonly string[] => {
    const { columns } = mind.size;
    return paintLines(screenOf({ ...mind, meta }, mind.size), { columns, theme });
  };
  const frames = createStore<Frame>(() => ({ lines: drawn() }));
  const change = (next: () => Partial<Mind>): void => {
    try {
      mind = settled({ ...mind, ...next() });
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
    for (const key of keys) take(reduceKey(mind.ui, key, surroundingsOf({ ...mind, meta })));
    return mind;
  };
  return {
    frames,
    press: (...keys) => change(() => press(keys)),
    paste: (text) => change(() => ({ ui: pasteText(mind.ui, plainText(text)).ui })),
    resize: (next) => change(() => ({ size: next })),
    memory: () => memoryOf(mind.ui),
    close: store.subscribe((watched) => change(() => ({ known: knownOf(watched) }))),
  };
}

function settled(mind: Mind): Mind {
  return { ...mind, ui: settle(mind.ui, listedOf(mind.ui, mind.known, mind.size)) };
}

function surroundingsOf(shown: Shown & Mind): Surroundings {
  const { size } = shown;
  const listed = listedOf(shown.ui, shown.known, size);
  const open = shownTab(shown.ui).details ? detailOf(shown, listed, size.columns) : null;
  return {
    listed,
    paused: shown.known.paused,
    detailLength: open?.lines.length ?? 0,
    helpLength: shown.ui.help ? helpLines(size.columns).length : 0,
  };
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}
