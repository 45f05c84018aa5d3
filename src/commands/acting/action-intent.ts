import type { Intent } from '../../tui/intent.ts';

const actionTypes = [
  'restart',
  'apply',
  'offer',
  'act',
  'choose',
  'agree',
  'close-action',
  'receipt',
] as const;

/** What begins a new action. */
export const startTypes: ReadonlySet<Intent['type']> = new Set([
  'restart',
  'apply',
  'offer',
  'act',
]);

/** What of the cockpit's keys is about actions. */
export type ActionIntent = Extract<Intent, { readonly type: (typeof actionTypes)[number] }>;

export function isActionIntent(intent: Intent): intent is ActionIntent {
  return (actionTypes as readonly string[]).includes(intent.type);
}
