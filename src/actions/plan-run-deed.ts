import type { Network } from '../model/check.ts';
import type { Plan, Refusal } from '../model/plan.ts';
import type { FunctionReport, Report } from '../model/report.ts';
import type { RunVerb } from '../model/verb.ts';
import type { Wish } from './plan-refusals.ts';
import { type FunctionSeen, type RunDeed, runDeeds } from './run-deeds.ts';

export interface PlannedRunDeed {
  readonly plan: Plan;
  readonly isDone: RunDeed['isDone'];
}

/**
 * A function by its slug or name, else an app by its name or `server/app`; null when there is none.
 * The first, where several servers have one of that name.
 */
export function functionSeen(
  { inventory }: Pick<Network, 'inventory'>,
  { functions }: Report,
  id: string,
): FunctionSeen | null {
  const item = functions.items.find(({ slug, name }) => slug === id || name === id) ?? null;
  const app = functions.apps.find(({ server, app: name }) =>
    item ? server === item.server : id === name || id === `${server}/${name}` || id === server,
  );
  const server = inventory.inngest.find(({ name }) => name === app?.server);
  if (!app || !server) return null;
  const own = functions.items.filter(
    (one) => one.server === app.server && (app.app === null || one.app === app.app),
  );
  const isKnown = app.registered !== null;
  return { server, item, app, inFlight: isKnown ? inFlightOf(item ? [item] : own) : null };
}

function inFlightOf(items: readonly FunctionReport[]): FunctionSeen['inFlight'] {
  const sum = (which: 'running' | 'queued'): number =>
    items.reduce((all, { runs24h }) => all + runs24h[which], 0);
  return { running: sum('running'), queued: sum('queued') };
}

/** What a verb would do to a function, and what speaks against it. Touches nothing. */
export function planRunDeed(
  seen: FunctionSeen,
  { verb, object, data }: Wish & { readonly verb: RunVerb },
): PlannedRunDeed {
  const { server, item, app, inFlight } = seen;
  const ofVerb = runDeeds(seen, data).filter((one) => one.verb === verb);
  const meant = ofVerb.filter((one) => object === null || one.object === object);
  const others = ofVerb.flatMap((one) => one.object ?? []);
  const [deed] = meant.length === 1 ? meant : [];
  const unit = item?.slug ?? app.app ?? server.name;
  const id = item?.name ?? unit;
  return {
    isDone: deed?.isDone ?? (() => false),
    plan: {
      ...{ action: verb, service: id, object: deed?.object ?? object },
      ...{ host: server.name, manager: 'inngest', unit },
      risk: deed?.risk ?? 'safe',
      wantsName: null,
      needless: deed?.needless ?? null,
      steps: deed?.steps ?? [],
      commands: (deed?.steps ?? []).map(({ command }) => command),
      blastRadius: {
        runningRuns: inFlight?.running ?? null,
        queuedRuns: inFlight?.queued ?? null,
        apps: [app.app ?? server.name],
        ...{ dependents: [], critical: false },
      },
      warnings: deed?.warnings ?? [],
      refusals: refusalsOf(seen, deed, { verb, object, meant, others, id }),
    },
  };
}

interface Meant {
  readonly verb: string;
  readonly object: string | null;
  readonly meant: readonly RunDeed[];
  /** All that the verb could be done to. */
  readonly others: readonly string[];
  readonly id: string;
}

function refusalsOf(
  { app }: FunctionSeen,
  deed: RunDeed | undefined,
  { verb, object, meant, others, id }: Meant,
): readonly Refusal[] {
  const firm = (code: Refusal['code'], message: string, hint: string): readonly Refusal[] => [
    { code, message, hint, canForce: false },
  ];
  if (app.registered === null) {
    return firm('NOT_SEEN', `its server cannot be asked: ${app.note}`, 'joelclaw functions');
  }
  if (deed) return deed.refusal ? [deed.refusal] : [];
  if (object !== null && others.length > 0) {
    const there = others.join(', ');
    return firm(
      'NOT_OFFERED',
      `there is no ${object} to ${verb}: there is ${there}`,
      `joelclaw actions ${id}`,
    );
  }
  const names = meant.flatMap(({ object: one }) => one ?? []);
  if (names.length > 1) {
    return firm(
      'NOT_OFFERED',
      `which one? ${names.join(', ')}`,
      `joelclaw ${verb} ${id} ${names[0]}`,
    );
  }
  return firm('NOT_OFFERED', `there is no ${verb} for it now`, `joelclaw actions ${id}`);
}
