/**
 * An action as it is shown over a tab: a question, then what becomes of it. `asking` waits for a key;
 * `may` says which: `y` acts, only `F` acts in spite of what speaks against it, or nothing can be done.
 */
export interface ActionView {
  /** `restart panda/worker` */
  readonly title: string;
  readonly phase: 'planning' | 'asking' | 'acting' | 'done' | 'failed' | 'refused';
  readonly may: 'act' | 'force' | null;
  readonly lines: readonly string[];
}

/** Nothing more will come of it. */
export function isOver({ phase }: ActionView): boolean {
  return phase === 'done' || phase === 'failed' || phase === 'refused';
}
