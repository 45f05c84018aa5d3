import type { ActionView } from '../../tui/action-view.ts';

export type Show = (view: ActionView) => void;

/** What is asked of who looks, and what a yes does; null where nothing can be agreed to. */
export interface Asked {
  readonly view: ActionView;
  /** Shows how far it is; resolves with what came of it. It is called once at most. */
  readonly agree: ((show: Show, force: boolean) => Promise<ActionView>) | null;
}
