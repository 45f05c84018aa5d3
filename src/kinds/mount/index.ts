import * as z from 'zod';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { Verdict } from '../../model/result.ts';
import { defineKind, type ObserveContext } from '../contract.ts';
import { runScript } from '../shell/run-script.ts';
import { answerOf, lastLineOf, type Section, type Sections } from '../shell/sections.ts';
import { mountScript } from './script.ts';
import { linuxEntry, type MountEntry, macEntry } from './table.ts';

const spec = z.strictObject({
  path: z.string().regex(/^\/./, 'is not a path below /'),
  /** Part of what it is mounted from. */
  source: z.string().min(1).optional(),
  /** Whether it must not be mounted read-only; nothing is ever written to find out. */
  writable: z.boolean().default(false),
});

interface MountFacts extends Omit<MountEntry, 'readOnly'> {
  readonly isMounted: boolean;
  /** Null for what is not mounted. */
  readonly readOnly: boolean | null;
  /** Why the file system gives no answer; '' when it does. */
  readonly silence: string;
}

const notMounted = { isMounted: false, source: '', type: '', readOnly: null, silence: '' };

/** A file system that is mounted on the service's host: by its table, and by asking it. */
export const mount = defineKind({
  kind: 'mount',
  summary: "A file system is mounted on the service's host and answers.",
  spec,
  onHost: true,
  observe,
  judge,
});

/** A program of its own asks, as whoever asks a dead NFS server hangs with it. */
async function observe(
  { path }: z.output<typeof spec>,
  context: ObserveContext,
): Promise<MountFacts> {
  const at = path.replace(/\/+$/, '');
  const sections = await runScript({ text: mountScript, parameters: [at] }, context);
  const entry = entryIn(sections, at);
  return entry === null
    ? notMounted
    : {
        isMounted: true,
        ...entry,
        silence: silenceOf(sections.get('space')),
      };
}

function entryIn(sections: Sections, path: string): MountEntry | null {
  const [linux, mac] = [sections.get('table'), sections.get('mount')];
  if (linux?.exitCode === 0) return linuxEntry(linux.text, path);
  if (mac?.exitCode === 0) return macEntry(mac.text, path);
  const words = mac ? lastLineOf(mac) : 'neither /proc/mounts nor /sbin/mount';
  throw new FaultError(faultOf('tool-missing', `its mounts cannot be listed: ${words}`));
}

/** df asks for the mount's root (stat) and for its space (statfs): a dead server answers neither. */
function silenceOf(space: Section | undefined): string {
  const answer = answerOf(space);
  if (answer === null) return 'does not answer';
  if (answer.exitCode === 127) throw new FaultError(faultOf('tool-missing', 'it has no df'));
  return answer.exitCode === 0 ? '' : `does not answer: ${lastLineOf(answer)}`;
}

function judge(facts: MountFacts, _previous: unknown, wanted: z.output<typeof spec>): Verdict {
  const { isMounted, silence, source, readOnly } = facts;
  if (!isMounted) return { state: 'down', note: `nothing is mounted on ${wanted.path}` };
  if (silence !== '') return { state: 'down', note: silence };
  const troubles = [
    ...(source.includes(wanted.source ?? '') ? [] : [`not from ${wanted.source}`]),
    ...(wanted.writable && readOnly ? ['read-only'] : []),
  ];
  if (troubles.length === 0) return { state: 'up', note: `mounted from ${source}` };
  return { state: 'degraded', note: `mounted from ${source}: ${troubles.join(', ')}` };
}
