import type { Change } from './changes.ts';

/** A change as a sentence that can be read aloud: "09:00:12  panda/worker is down, was up: …". */
export function changeLine({ id, from, to, note }: Change, clock: string): string {
  return `${clock}  ${id} is ${to}, was ${from}${note === '' ? '' : `: ${note}`}\n`;
}
