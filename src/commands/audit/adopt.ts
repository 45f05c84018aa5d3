import { migrationOf } from '../../audit/adopt/migration.ts';
import type { Adopted, AdoptionPlan } from '../../model/adoption.ts';
import { FaultError, UserError } from '../../model/errors.ts';
import type { Service } from '../../model/inventory.ts';
import { cleaner } from '../../model/plain-text.ts';
import { adoptedText, adoptionPlanText } from '../../outputs/adoption-page.ts';
import { envelope } from '../../outputs/envelope.ts';
import { type Command, headOf, sameNetwork } from '../context.ts';
import { askPerson } from '../infra/ask-person.ts';
import { unknownId } from '../pick.ts';
import { adoptionFiles, type RootFile } from './adoption-files.ts';
import { keepAdopted } from './keep-adopted.ts';
import { lookInto } from './look-into.ts';
import { type Proposed, propose } from './propose.ts';
import { type AuditGround, withHost } from './with-host.ts';

/** `audit HOST --adopt SERVICE`: what runs it becomes a unit of the repo; on the host nothing is changed. */
export const auditAdopt =
  (name: string): Command =>
  (context) =>
    withHost(name, context, async (ground) => {
      const adopted = await adopt(serviceOf(ground), ground);
      const clean = cleaner(ground.open.secrets);
      const result = clean(JSON.parse(JSON.stringify(adopted))) as unknown as Adopted;
      const code = exitCodeOf(adopted);
      if (context.options.json) {
        const next = adopted.outcome === 'done' ? [applyNext(context)] : [];
        const answer = {
          schema: 'joelclaw.audit-adopt/v1',
          ok: code === 0,
          result,
          nextActions: next,
        };
        await context.write(envelope(headOf(context, `audit ${name}`), answer));
      } else if (adopted.outcome !== 'planned') await context.write(adoptedText(result));
      return code;
    });

/** Looks, plans, asks, writes. Exported for who has looked already. */
export async function adopt(
  service: Service,
  ground: AuditGround,
  look: typeof lookInto = lookInto,
): Promise<Adopted> {
  const { context, open } = ground;
  if (open.rootPath === null) return refusedBy(emptyPlan(service), noRoot);
  const proposed = await look(ground, (probe) => ground.tell(probe))
    .then((report) => propose(service, report, ground))
    .catch((error: unknown) => {
      if (!(error instanceof FaultError) || error.fault.code === 'aborted') throw error;
      const { message, hint = `see what joelclaw doctor says of ${service.host}` } = error.fault;
      throw new UserError(`${service.host} cannot be looked into: ${message}`, {
        ...{ code: 'NOT_AUDITED', exitCode: 1 },
        hint,
      });
    });
  if ('why' in proposed) {
    const { why: message, hint } = proposed;
    const refused = refusedBy(emptyPlan(service), { code: 'NOT_OFFERED', message, hint });
    if (!context.options.json) await context.write(adoptionPlanText(refused.plan));
    return refused;
  }
  const { unit, text } = proposed.proposal;
  const files = await adoptionFiles({ service, unit, text }, { open, context });
  const plan = planOf(service, proposed, files);
  const { troubles, exposure } = proposed.checked;
  if (!context.options.json) await context.write(adoptionPlanText(plan, troubles));
  if (troubles.length > 0) return notVerified(plan, troubles);
  const { dryRun, readOnly } = context.options;
  const receipt = { verified: true, exposure, note: '' };
  if (dryRun) return { plan, outcome: 'planned', receipt, steps: [] };
  if (readOnly) return refusedBy(plan, readOnlyRefusal);
  const no = await notAgreed(plan, ground);
  if (no !== null) return refusedBy(plan, no);
  return keepAdopted({ plan, files, adoption: proposed.proposal.adoption }, ground);
}

function planOf(service: Service, { proposal, checked }: Proposed, files: readonly RootFile[]) {
  const [{ file: source } = { file: '' }] = files;
  return {
    ...emptyPlan(service),
    ...{ unit: proposal.unit, source, text: proposal.text, exposure: checked.exposure },
    changes: files.map(({ file, lines }) => ({ file, lines })),
    migration: migrationOf(proposal.adoption),
    warnings: proposal.warnings,
  };
}

function emptyPlan({ id, host }: Service): AdoptionPlan {
  return {
    ...{ service: id, host, unit: '', source: '', text: '', changes: [], exposure: null },
    ...{ migration: [], warnings: [], refusals: [] },
  };
}

type Refused = AdoptionPlan['refusals'][number];

const noRoot: Refused = {
  code: 'ELSEWHERE',
  message: 'a simulated network has no folder to write into',
  hint: 'leave --lab out',
};

const readOnlyRefusal: Refused = {
  code: 'READ_ONLY',
  message: 'this is --read-only',
  hint: 'leave that out',
};

function refusedBy(plan: AdoptionPlan, refusal: Refused): Adopted {
  return { plan: { ...plan, refusals: [refusal] }, outcome: 'refused', receipt: null, steps: [] };
}

function notVerified(plan: AdoptionPlan, troubles: readonly string[]): Adopted {
  const title = `have systemd of ${plan.host} verify it`;
  const receipt = { verified: false, exposure: plan.exposure, note: 'nothing was written' };
  const steps = [{ title, state: 'failed', said: troubles.join('; ') } as const];
  return { plan, outcome: 'failed', receipt, steps };
}

async function notAgreed(
  { unit }: AdoptionPlan,
  { context }: AuditGround,
): Promise<Refused | null> {
  try {
    await askPerson(`write ${unit} and the inventory here?`, context);
    return null;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { code: error.code, message: error.message, hint: error.hint };
  }
}

function serviceOf({ open, host, context }: AuditGround): Service {
  const wanted = context.options.adopt ?? '';
  const own = open.network.inventory.services.filter((one) => one.host === host.name);
  const found = own.find(({ id, name }) => id === wanted || name === wanted);
  if (found) return found;
  throw unknownId(wanted, 0, {
    known: own.map((one) => one.name),
    what: `service of ${host.name}`,
  });
}

function applyNext(context: Parameters<Command>[0]) {
  return {
    command: `joelclaw infra apply${sameNetwork(context)}`,
    description: 'ends what runs it now, and has the unit run it',
  };
}

/** 0 done · 1 failed · 2 refused. */
function exitCodeOf({ outcome }: Adopted): number {
  return outcome === 'failed' ? 1 : outcome === 'refused' ? 2 : 0;
}
