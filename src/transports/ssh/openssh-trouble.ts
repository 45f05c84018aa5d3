import { readFile } from 'node:fs/promises';
import type { Fault } from '../../model/fault.ts';
import type { Deadline } from '../deadline.ts';
import type { Exec } from '../exec.ts';
import { jumpLogOf, opensshArgs } from './openssh-args.ts';
import { opensshFault, shownKey, unclearFault } from './openssh-fault.ts';
import { asJumps, type SshPlace } from './place.ts';

interface Ended {
  readonly stderr: string;
  readonly place: SshPlace;
  readonly control: string;
  readonly deadline: Deadline;
}

/** Why a master has ended, with the fingerprint where a key was refused. */
export async function faultOfMaster(programs: Exec, ended: Ended): Promise<Fault> {
  const { place, control, stderr, deadline } = ended;
  const words = { own: stderr, jumps: await jumpWords(control) };
  const fault = faultOfWords(words, place);
  if (fault.code !== 'host-key' || fault.message.includes('SHA256:')) return fault;
  deadline.late = () => fault;
  const told = await witnessed(programs, ended);
  return faultOfWords(
    {
      own: `${words.own}\n${shownKey(told.own)}`,
      jumps: `${words.jumps}\n${shownKey(told.jumps)}`,
    },
    place,
  );
}

/** What ssh has said, and what the jump hosts' own have. */
interface Words {
  readonly own: string;
  readonly jumps: string;
}

function faultOfWords({ own, jumps }: Words, place: SshPlace): Fault {
  const farthest = place.jumps.at(-1);
  const ofJump = farthest ? opensshFault(jumps, farthest) : null;
  if (ofJump) return asJumps(ofJump, place.jumps);
  return opensshFault(own, place) ?? unclearFault(place);
}

/**
 * Of an unknown or revoked key ssh names the fingerprint only where it tells all that it does: so it
 * goes there once more, to be refused as before.
 */
async function witnessed(programs: Exec, { place, control, deadline }: Ended): Promise<Words> {
  const own = `${control}.witness`;
  const args = opensshArgs(place, own, 'witness');
  const argv = ['ssh', '-n', ...args, '--', place.alias, 'true'] as const;
  const options = { timeoutMs: noLimitMs, signal: deadline.signal };
  const { stderr } = await programs.exec({ argv }, options);
  return { own: stderr, jumps: await jumpWords(own) };
}

/** The deadline of whoever asks ends it. */
export const noLimitMs = 2 ** 30;

function jumpWords(control: string): Promise<string> {
  return readFile(jumpLogOf(control), 'utf8').catch(() => '');
}
