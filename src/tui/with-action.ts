import { type ActionView, isOver } from './action-view.ts';
import { freshDialog, type UiState } from './ui-state.ts';

/** Whoever types on does not answer a question that has just come up. */
export const deafMs = 300;

interface Acting {
  readonly ui: UiState;
  readonly action: ActionView | null;
  readonly deafUntilMs: number;
}

/** A mind with this action: one that asks is seen, one that ends out of sight is told in the footer. */
export function withAction(
  { ui, action: before, deafUntilMs }: Acting,
  action: ActionView | null,
  nowMs: number,
): Acting {
  const asksNow = action?.phase === 'asking' && before?.phase !== 'asking';
  const endsUnseen = action !== null && isOver(action) && ui.actionHidden;
  if (asksNow) {
    const fresh = { ...ui, actionHidden: false, dialog: freshDialog };
    return { ui: fresh, action, deafUntilMs: nowMs + deafMs };
  }
  if (!endsUnseen) return { ui, action, deafUntilMs };
  return {
    ui: { ...ui, message: `${action.title}: ${action.phase}; R shows it` },
    action,
    deafUntilMs,
  };
}
