import { type Fault, faultOf } from '../model/fault.ts';

/** What a program is told of that said more than anybody would read, and was ended for it. */
export function floodFault(program: string, maxBytes: number): Fault {
  return faultOf('protocol', `${program} said more than ${sizeText(maxBytes)}`, {
    side: 'prober',
    hint: `it was ended there: is ${program} the program that it should be?`,
  });
}

function sizeText(bytes: number): string {
  const [kib, mib] = [bytes / 1024, bytes / 1024 / 1024];
  if (Number.isInteger(mib)) return `${mib} MiB`;
  return Number.isInteger(kib) ? `${kib} KiB` : `${bytes} bytes`;
}
