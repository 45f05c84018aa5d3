import type { Change } from './changes.ts';

/** A change as a sentence that can be read aloud: "09:00:12  panda/worker is down, was up: …". */
export function changeLine({ id, from, to, note }: Change, clock: string): string {
  const state = from === to ? `is still ${to}` : `is ${to}, was ${from}`;
  return `${clock}  ${id} ${state}${note === '' ? '' : `: ${note}`}\n`;
}
