import type { AuditReport } from '../../model/audit.ts';
import type { AuditedTimer, Container, CronEntry } from '../../model/audit-facts.ts';
import {
  type Area,
  type Compared,
  compareThings,
  joined,
  type Sides,
  type Thing,
} from './things.ts';
import { compareValue, saidOf } from './values.ts';

type Facts = AuditReport['facts'];

interface Row {
  readonly area: Area;
  readonly things: (facts: Facts) => readonly Thing[] | null;
}

/** All that starts something: at boot, by the clock, in containers. */
export function compareStarts(reports: Sides<AuditReport>): Compared {
  const { before, after } = reports;
  const automatic = (one: AuditReport) => saidOf(one.facts.updates.automatic);
  return joined([
    ...rows.map(({ area, things }) =>
      compareThings(area, { before: things(before.facts), after: things(after.facts) }, reports),
    ),
    compareValue({
      ...{ id: 'updates/automatic', title: 'whether it updates itself', severity: 'info' },
      ...{ before: automatic(before), after: automatic(after) },
    }),
  ]);
}

const rows: readonly Row[] = [
  {
    area: { id: 'enabled', title: 'units that are enabled', probes: /^unit-files$/ },
    things: ({ units }) => units.enabled?.map((unit) => unitThing('enabled', unit)) ?? null,
  },
  {
    area: { id: 'failed', title: 'units that have failed', probes: /^failed$/ },
    things: ({ units }) =>
      units.failed?.filter((unit) => !isPassing(unit)).map((unit) => unitThing('failed', unit)) ??
      null,
  },
  {
    area: { id: 'timers', title: 'timers', probes: /^(?:user-)?timers$/ },
    things: ({ units }) =>
      units.timers?.filter(({ unit }) => !isPassing(unit)).map(timerThing) ?? null,
  },
  {
    area: { id: 'crontabs', title: 'crontabs', probes: /^crontabs?$/ },
    things: ({ crontabs }) => crontabs?.map(cronThing) ?? null,
  },
  {
    area: { id: 'containers', title: 'containers', probes: /^docker/ },
    things: ({ containers }) => containers?.flatMap(containerThing) ?? null,
  },
];

/** Of a login, or started once by `systemd-run`. */
function isPassing(unit: string): boolean {
  return /^(?:user@|user-runtime-dir@|session-|run-)/.test(unit);
}

const unitWords = {
  enabled: { title: 'start at boot of', graveness: { added: 'warning', gone: 'warning' } },
  failed: { title: 'failure of', graveness: { added: 'warning', gone: 'info' } },
} as const;

function unitThing(what: keyof typeof unitWords, unit: string): Thing {
  const { title, graveness } = unitWords[what];
  return {
    ...{ id: `unit/${what}/${unit}`, title: `${title} ${unit}`, value: what },
    graveness: { ...graveness, changed: 'info' },
  };
}

function timerThing({ unit, starts, user, active }: AuditedTimer): Thing {
  const whose = user ? ' of the user' : '';
  return {
    id: `timer/${user ? 'user/' : ''}${unit}`,
    title: `timer ${unit}${whose}`,
    value: `starts ${starts}${active ? '' : ', not active'}`,
    graveness: { added: 'warning', gone: 'warning', changed: 'warning' },
  };
}

/** What it runs is what it is; when is how. */
function cronThing({ source, user, schedule, command }: CronEntry): Thing {
  const whose = user === null ? '' : ` as ${user}`;
  return {
    id: `cron/${source}/${user ?? ''}/${command}`,
    title: `cron entry${whose} in ${source}: ${command}`,
    value: schedule,
    graveness: { added: 'warning', gone: 'warning', changed: 'warning' },
  };
}

/** One that is made anew has another id, and in a cluster another name: such are known by their image. */
function containerThing({
  engine,
  name,
  image,
  running,
  restartPolicy,
}: Container): readonly Thing[] {
  const known = engine === 'kubernetes' ? (image ?? name) : (name ?? image);
  if (known === null) return [];
  const policy = restartPolicy === null ? '' : `, restart ${restartPolicy}`;
  return [
    {
      id: `container/${engine}/${known}`,
      title: `${engine} container ${known}`,
      value: `${running ? 'running' : 'stopped'}${image === null ? '' : ` ${image}`}${policy}`,
      graveness: { added: 'warning', gone: 'warning', changed: 'warning' },
    },
  ];
}
