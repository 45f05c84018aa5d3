import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import type { Host } from '../model/inventory.ts';
import type { CallOptions, Transports } from '../transports/contract.ts';
import type { FileSeen } from '../transports/contract-files.ts';
import type { LabFile } from './answers/managed-files.ts';
import type { Hands } from './hands.ts';
import { keptCall, type Room, unexpected } from './room.ts';
import { sshTarget } from './site.ts';

/** The managed files of a site: what it began with, and what hands have written since. */
export function filesIn(room: Room, hands: Hands): Pick<Transports, 'lookAtFiles' | 'writeFile'> {
  const fileAt = (on: Host | null, path: string): LabFile | null => {
    const place = `${on?.name ?? 'repo'}:${path}`;
    const found = hands.written(place) ?? room.site.managed.get(place);
    if (hands.written(place) === null) return null;
    return found === undefined ? unexpected(`file ${place}`) : found;
  };
  return {
    lookAtFiles: async (on, paths, options) => {
      await reach(room, on, options);
      return paths.map((path) => seen(path, fileAt(on, path)));
    },
    writeFile: async ({ on, path, text, mode, was }, options) => {
      await reach(room, on, options);
      const { sha256 } = seen(path, fileAt(on, path));
      if (sha256 !== was) throw new FaultError(faultOf('stale', `${path} has become another one`));
      hands.write(`${on?.name ?? 'repo'}:${path}`, text === null ? null : { text, mode });
    },
  };
}

async function reach(room: Room, on: Host | null, options: CallOptions): Promise<void> {
  if (on?.access === 'ssh') await keptCall(room, sshTarget(on.name), options);
  else await room.call('files', options);
}

function seen(path: string, file: LabFile | null): FileSeen {
  const { mode, text } = file ?? { mode: null, text: '' };
  const sha256 = file === null ? null : sumOf(text);
  return {
    path,
    isThere: file !== null,
    isLink: false,
    mode,
    owner: null,
    text,
    sha256,
    fault: null,
  };
}

/** Stands for the SHA-256 that only transports know to make: FNV-1a over the text (isthe.com/chongo). */
function sumOf(text: string): string {
  let sum = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return `${sum.toString(16).padStart(8, '0')}${text.length.toString(16).padStart(8, '0')}`;
}
