import { blastRadius } from '../../actions/blast-radius.ts';
import { type ApplyGroup, applyGroups } from '../../actions/infra/apply-groups.ts';
import { migrationOf } from '../../audit/adopt/migration.ts';
import type { PlannedItem } from '../../model/infra.ts';
import type { Report } from '../../model/report.ts';
import { migrationLines } from '../../outputs/adoption-page.ts';
import type { Serving, Together } from '../../outputs/infra-question.ts';
import { adoptionOf } from './adoption-file.ts';
import type { OpenInfra } from './open-infra.ts';
import { adminOf, howToServe, isUnitWritten, type ServeGround, startsAnew } from './serve-group.ts';
import { planAnew } from './start-anew.ts';
import { isNewUnit } from './unit-before.ts';

interface Planned {
  readonly items: readonly PlannedItem[];
  /** How the units of their services are. */
  readonly report: Report;
  /** The whole network as it was seen; null where only these units were. */
  readonly seen: Report | null;
}

/** What an apply of these would do to what runs, in its order. Only reads. */
export async function planServing(
  { items, report, seen }: Planned,
  { act, context }: OpenInfra,
): Promise<readonly Together[]> {
  const ground = { act, noRestart: context.options.noRestart };
  const groups = applyGroups(act.open.network.inventory, items, null);
  const all: Together[] = [];
  for (const group of groups) {
    all.push({ ...(await servingOf(group, { report, seen }, ground)), items: group.items });
  }
  return all;
}

async function servingOf(
  group: ApplyGroup,
  { report, seen }: Omit<Planned, 'items'>,
  ground: ServeGround,
): Promise<Serving> {
  const { service } = group;
  const none = { service: service?.id ?? null, plan: null, blastRadius: null, words: [] };
  const how = howToServe(group, ground);
  if (service === null) return none;
  const { open } = ground.act;
  const adoption = how === 'restart' ? await adoptionOf(open, service.id) : null;
  const radius = blastRadius(open.network.inventory, service, seen ?? report);
  const reaches = { ...none, blastRadius: radius };
  if (adoption) {
    const words = ['it is taken over, all of it or nothing:', ...lined(adoption)];
    return { ...reaches, words };
  }
  if (how !== 'restart') return { ...reaches, words: [wordsOf(group, how, ground)] };
  const anew = { unitWritten: isUnitWritten(group), isNew: isNewUnit(service, report) };
  return { ...none, plan: await planAnew(service, anew, ground.act) };
}

function lined(adoption: Parameters<typeof migrationOf>[0]): readonly string[] {
  return migrationLines(migrationOf(adoption));
}

function wordsOf(group: ApplyGroup, how: string, ground: ServeGround): string {
  const { service, items } = group;
  if (how === 'rollout') return 'its cluster rolls out what has changed, by itself';
  if (how === 'none') return 'nothing is started anew: its files are taken away';
  if (how === 'mark') {
    const why = ground.noRestart ? '--no-restart' : 'nobody is known to start it anew';
    return `it is not started anew: ${why}`;
  }
  const admins = [...new Set(items.map((one) => adminOf(one, ground)))].join(', ');
  const last =
    service !== null && startsAnew(service) ? ', restarted where it gives no answer' : '';
  return `it is loaded without a pause: POST ${admins}/load${last}`;
}
