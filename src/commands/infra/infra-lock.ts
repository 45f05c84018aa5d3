import { UserError } from '../../model/errors.ts';
import type { ActGround } from '../acting/prepared.ts';
import { heldBy, heldNow, stampAttempt, takeUnit, type Unit } from '../acting/unit-state.ts';
import type { Lock } from '../lock.ts';
import { whyNotKept } from '../why-not-kept.ts';

/** The files of a network are changed by one at a time. */
const files: Unit = { host: '', manager: 'infra', unit: 'files' };

/** Who is at it, where somebody is. */
export async function infraHeld(act: ActGround): Promise<string | null> {
  return (await heldNow(act.open.stateFolder, files, act))?.message ?? null;
}

/** Takes the files of a network; who has them is named (exit 5). It ends with its process. */
export async function takeInfra(act: ActGround, action: string): Promise<Lock> {
  const { open, actor } = act;
  const lock = await takeUnit(open.stateFolder, files).catch((error: unknown) => {
    throw new UserError(`the lock of infra cannot be taken: ${whyNotKept(error)}`, {
      ...{ code: 'NO_LOCK', exitCode: 1 },
      hint: `make ${open.stateFolder} writable, or name another folder with $JOELCLAW_STATE`,
    });
  });
  if (lock === null) {
    const { message, hint } = await heldBy(open.stateFolder, files, act);
    throw new UserError(message, { code: 'LOCKED', hint, exitCode: 5 });
  }
  const at = new Date(open.transports.clock.now()).toISOString();
  const holder = { actor, action: `infra ${action}`, pid: process.pid, at };
  await stampAttempt(open.stateFolder, { unit: files, holder }, act);
  return lock;
}
