import type * as z from 'zod';
import type { LogSource } from '../log-source.ts';
import type { systemdSpec } from './spec.ts';
import { fullNameOf } from './unit-name.ts';

/** The journal has what a unit says, and what systemd says of it. */
export function logs({ unit, user }: z.output<typeof systemdSpec>): readonly LogSource[] {
  return [{ kind: 'journal', unit: fullNameOf(unit), user }];
}
