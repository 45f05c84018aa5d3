import { type Cockpit, openCockpit } from '../../src/tui/cockpit.ts';
import type { AnyIntent } from '../../src/tui/intent.ts';
import type { OffersOf } from '../../src/tui/surroundings.ts';
import type { UiMemory } from '../../src/tui/ui-memory.ts';
import type { WatchedReader } from '../../src/watch/store.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: SGR is what it removes
const sgr = /\u001b\[[0-9;]*m/g;

export interface TestCockpit extends Cockpit {
  readonly intents: readonly AnyIntent[];
  /** The frame as text, ends trimmed. */
  lines(): readonly string[];
  /** The row under the cursor. */
  under(): string;
  /** The first line that holds the text; fails when there is none. */
  line(text: string): string;
  footer(): string;
}

export interface TestOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly remembered?: UiMemory;
  readonly isSeen?: () => boolean;
  readonly clock?: boolean;
  readonly badge?: string;
  readonly monotonicMs?: () => number;
  readonly offersOf?: OffersOf;
}

/** A cockpit whose frames are read and whose keys are pressed by a test. */
export function openTestCockpit(
  store: WatchedReader,
  {
    columns = 120,
    rows = 40,
    remembered,
    isSeen = () => true,
    clock = false,
    badge = 'LAB',
    ...more
  }: TestOptions = {},
): TestCockpit {
  const intents: AnyIntent[] = [];
  const cockpit = openCockpit({
    store,
    size: { columns, rows },
    meta: { badge, clock, timeZone: 'UTC' },
    theme: 'terminal',
    remembered,
    isSeen,
    ...more,
    onIntent: (intent) => intents.push(intent),
    onError: (error) => {
      throw error;
    },
  });
  const painted = (): readonly string[] => cockpit.frames.getState().lines;
  const plain = (line: string): string => line.replace(sgr, '').trimEnd();
  const lines = (): readonly string[] => painted().map(plain);
  return {
    ...cockpit,
    intents,
    lines,
    under: () => plain(painted().find((line) => line.startsWith('\u001b[1m\u001b[7m')) ?? ''),
    line: (text) => {
      const found = lines().find((line) => line.includes(text));
      if (found === undefined) throw new Error(`no line holds "${text}":\n${lines().join('\n')}`);
      return found;
    },
    footer: () => lines().at(-1) ?? '',
  };
}
