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
