/** What is done to a unit; the command of the same name does it. */
export const unitVerbs = [
  'restart',
  'start',
  'stop',
  'reload',
  'reset-failed',
  'enable',
  'disable',
  'delete-pod',
] as const;

export type UnitVerb = (typeof unitVerbs)[number];

/** The same of an Inngest function, its runs and its app. */
export const runVerbs = ['send-event', 'rerun', 'cancel-run', 'register'] as const;

export type RunVerb = (typeof runVerbs)[number];

export type Verb = UnitVerb | RunVerb;

export function isRunVerb(verb: Verb): verb is RunVerb {
  return (runVerbs as readonly Verb[]).includes(verb);
}
