import { just, type Reduced } from './acts.ts';
import type { UiState } from './ui-state.ts';

/** What needs no sight of the screen: it says of `q` that it quits, whatever lies over the tab. */
const blind = {
  q: 'quit',
  'ctrl-c': 'quit',
  'ctrl-l': 'repaint',
  'ctrl-z': 'suspend',
} as const;

/**
 * A key on a terminal that is too small to show what it would act upon: a question that nobody can
 * read is not answered, and no cursor moves unseen. What there is to say the screen says already.
 */
export function unseenKey(ui: UiState, key: string): Reduced {
  const type = blind[key as keyof typeof blind];
  return type === undefined ? just(ui) : { ui, intents: [{ type }] };
}
