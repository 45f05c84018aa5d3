import type { Adopted, Adoption, AdoptionPlan } from '../../model/adoption.ts';
import { FaultError } from '../../model/errors.ts';
import { dropAdoption, keepAdoption } from '../infra/adoption-file.ts';
import { takeInfra } from '../infra/infra-lock.ts';
import { actOf, newApplyId } from '../infra/open-infra.ts';
import { isOfSystem, whyNotKept } from '../why-not-kept.ts';
import { type RootFile, restoreRootFile, writeRootFile } from './adoption-files.ts';
import type { AuditGround } from './with-host.ts';

interface Agreed {
  readonly plan: AdoptionPlan;
  readonly files: readonly RootFile[];
  readonly adoption: Omit<Adoption, 'id' | 'at'>;
}

type Steps = Adopted['steps'];

/** Keeps what was agreed to: what `infra apply` needs, the unit, and last the inventory that names it. All, or nothing. */
export async function keepAdopted(
  { plan, files, adoption }: Agreed,
  { open, context, tell }: AuditGround,
): Promise<Adopted> {
  const lock = await takeInfra(actOf(open, context, tell), 'adopt');
  const steps: Steps[number][] = [];
  const at = new Date(open.transports.clock.now()).toISOString();
  const begun: RootFile[] = [];
  let title = 'keep what ends the old';
  try {
    await keepAdoption(open, { id: newApplyId(open), at, ...adoption });
    steps.push({ title, state: 'done', said: '' });
    for (const file of files) {
      title = `write ${file.file}`;
      begun.push(file);
      await writeRootFile(file, open);
      steps.push({ title, state: 'done', said: file.lines.length === 0 ? 'it was so' : '' });
    }
  } catch (error) {
    const said = wordsOf(error);
    for (const file of begun.toReversed()) await restoreRootFile(file, open).catch(wordsOf);
    await dropAdoption(open, adoption.service).catch(wordsOf);
    const failed = { title, state: 'failed', said } as const;
    const receipt = { verified: false, exposure: plan.exposure, note: 'all is as it was' };
    return { plan, outcome: 'failed', receipt, steps: [failed] };
  } finally {
    lock.release();
  }
  const note = 'joelclaw infra apply ends what runs it now, and has the unit run it';
  const receipt = { verified: true, exposure: plan.exposure, note };
  return { plan, outcome: 'done', receipt, steps };
}

function wordsOf(error: unknown): string {
  if (error instanceof FaultError) return error.fault.message;
  if (isOfSystem(error)) return whyNotKept(error);
  throw error;
}
