/** What became of an item or a service: what an answer tells of each step. */
export interface AppliedStep {
  readonly id: string;
  readonly what: 'write' | 'service';
  readonly state: 'done' | 'failed' | 'rolled-back' | 'not-run' | 'reload-needed';
  readonly note: string;
}
