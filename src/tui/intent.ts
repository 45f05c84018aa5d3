/** What things are that can be acted on. */
export type ActedOn = 'services' | 'functions' | 'files';

/** What the cockpit asks of whoever opened it. It knows no action and no transport. */
export type Intent =
  | { readonly type: 'poll-now' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'focus' | 'blur' }
  | { readonly type: 'save'; readonly screen: readonly string[] }
  | { readonly type: 'open'; readonly url: string }
  | { readonly type: 'restart'; readonly ids: readonly string[] }
  /** Managed files; none are all of them. */
  | { readonly type: 'apply'; readonly ids: readonly string[] }
  /** What can be done to these, to choose from. */
  | {
      readonly type: 'offer';
      readonly of: ActedOn;
      readonly ids: readonly string[];
    }
  /** One of what could be offered, by its name: `stop`, `delete-pod redis-0`. */
  | {
      readonly type: 'act';
      readonly of: ActedOn;
      readonly ids: readonly string[];
      readonly name: string;
    }
  /** Of what was offered. */
  | { readonly type: 'choose'; readonly index: number }
  /** To what is asked. */
  | { readonly type: 'agree'; readonly force: boolean }
  | { readonly type: 'close-action' }
  /** What became of the action that ended last. */
  | { readonly type: 'receipt' }
  /** Follows them; `sinceMs` is how long ago it begins, null the last lines. */
  | { readonly type: 'logs'; readonly ids: readonly string[]; readonly sinceMs: number | null }
  | { readonly type: 'close-logs' }
  /** Looks into a host. */
  | { readonly type: 'audit'; readonly host: string }
  | { readonly type: 'close-audit' }
  /** Of the audit that is shown. */
  | { readonly type: 'write-note' }
  | { readonly type: 'propose-unit'; readonly service: string }
  | { readonly type: 'quit' };

/** What it asks of its own terminal. */
export type TerminalIntent =
  | { readonly type: 'suspend' }
  | { readonly type: 'repaint' }
  | { readonly type: 'mouse'; readonly on: boolean }
  | { readonly type: 'copy'; readonly text: string };

export type AnyIntent = Intent | TerminalIntent;

const terminalTypes: ReadonlySet<AnyIntent['type']> = new Set([
  'suspend',
  'repaint',
  'copy',
  'mouse',
]);

/** Whether a terminal's door handles it rather than the caller's `dispatch`. */
export function isTerminalIntent(intent: AnyIntent): intent is TerminalIntent {
  return terminalTypes.has(intent.type);
}
