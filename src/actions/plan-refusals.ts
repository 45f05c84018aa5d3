import type { Deed } from '../kinds/deed.ts';
import { inWords } from '../model/in-words.ts';
import type { Host, Service } from '../model/inventory.ts';
import type { JsonObject } from '../model/json.ts';
import type { BlastRadius, Refusal } from '../model/plan.ts';
import type { CheckReport } from '../model/report.ts';
import { sameMachine } from '../model/same-machine.ts';
import type { Verb } from '../model/verb.ts';

/** How long after an attempt a unit is left alone. */
const coolDownMs = 10 * 60_000;

/** What is wanted of a service's unit, or of a function. */
export interface Wish {
  readonly verb: Verb;
  /** A pod, an event or a run, where the verb is done to one; null for the whole, or for the only one. */
  readonly object: string | null;
  /** What an event is sent with. */
  readonly data?: JsonObject;
  /** Its file was written just now: what its manager has loaded of it is the old one. */
  readonly isWritten?: boolean;
}

/** What speaks for and against a wish. */
interface Case {
  readonly service: Service;
  readonly host: Host;
  readonly unitCheck: CheckReport | null;
  /** All of the service's own. */
  readonly checks: readonly CheckReport[];
  readonly wish: Wish;
  /** All that can be done to the unit, and what of it the wish may mean. */
  readonly deeds: readonly Deed[];
  readonly meant: readonly Deed[];
  readonly radius: BlastRadius;
  readonly nowMs: number;
  readonly lastAttemptMs: number | null;
  /** The machine that acts. */
  readonly hostname: string;
}

/** What is in the way of a wish: all that cannot be overridden comes alone. */
export function refusalsOf(one: Case): readonly Refusal[] {
  const [deed, ...others] = one.meant;
  const refusal = impossible(one) ?? (deed && others.length === 0 ? deed.refusal : notOffered(one));
  if (refusal) return [refusal];
  return deed && deed.steps.length > 0 ? inTheWay(deed, one) : [];
}

function firm(code: Refusal['code'], message: string, hint: string): Refusal {
  return { code, message, hint, canForce: false };
}

function impossible({ service, host, unitCheck, deeds, hostname }: Case): Refusal | null {
  if (!service.enabled) {
    const message = `it is declared not to run: ${service.reason}`;
    return firm('NO_MANAGER', message, 'enable it in inventory.yaml');
  }
  if (service.manager.kind === 'none') {
    const hint = 'say in inventory.yaml who starts it: manager: {kind: systemd, unit: …}';
    return firm('NO_MANAGER', 'its manager is `none`: nobody knows who starts it', hint);
  }
  if (host.access === 'local' && host.hostname && !sameMachine(host.hostname, hostname)) {
    const message = `this machine is ${hostname}, not ${host.hostname}`;
    return firm('ELSEWHERE', message, `run joelclaw on ${host.name}`);
  }
  if (deeds.length > 0) return null;
  const why = unitCheck?.fault?.message ?? unitCheck?.note ?? 'it was not measured';
  const hint = unitCheck?.fault?.hint ?? `joelclaw status ${service.id} says more`;
  return firm('NOT_SEEN', `how its unit is cannot be seen: ${why}`, hint);
}

/** Nothing that its manager has, or one of several that must be named. */
function notOffered({
  service: { id, manager },
  wish: { verb, object },
  deeds,
  meant,
}: Case): Refusal {
  const names = meant.flatMap((one) => one.object ?? []);
  if (names.length > 1) {
    return firm(
      'NOT_OFFERED',
      `which one? ${names.join(', ')}`,
      `joelclaw ${verb} ${id} ${names[0]}`,
    );
  }
  const there = deeds.filter((one) => one.verb === verb).flatMap((one) => one.object ?? []);
  if (object !== null && there.length > 0) {
    const message = `there is no ${object} to ${verb}: there is ${there.join(', ')}`;
    return firm('NOT_OFFERED', message, `joelclaw actions ${id}`);
  }
  // A unit that its manager does not know says so itself.
  const known = deeds.find(({ refusal }) => refusal?.code === 'NOT_FOUND')?.refusal;
  const what = object === null ? verb : `${verb} of ${object}`;
  const message = `its manager (${manager.kind}) offers no ${what} for it now`;
  return known ?? firm('NOT_OFFERED', message, `joelclaw actions ${id} lists what can be done`);
}

/** What a person may override. Only a restart heals, and may be tried too often. */
function inTheWay({ verb, interrupts, isDone }: Deed, one: Case): readonly Refusal[] {
  return [
    ...(verb === 'restart' ? coolDown(one) : []),
    ...(interrupts ? runningWork(one.radius) : []),
    ...(isDone === null ? unprovable(one) : []),
  ];
}

/** What is bad under something that is down cannot be seen to become well. */
function unprovable({ service, checks }: Case): readonly Refusal[] {
  // What hides behind its own unit comes up with that.
  const isOwn = (because: string | null) => because?.startsWith(`${service.id}/`) ?? false;
  const hidden = checks.filter(({ state, because }) => state === 'suppressed' && !isOwn(because));
  const causes = [...new Set(hidden.map(({ note }) => note))].join('; ');
  if (hidden.length === 0) return [];
  return [
    {
      code: 'UNPROVABLE',
      message: `that it is well afterwards could not be proved: ${causes}`,
      hint: 'mend that first: this may be well again by itself',
      canForce: true,
    },
  ];
}

function coolDown({ lastAttemptMs, nowMs }: Case): readonly Refusal[] {
  // An attempt in the future is of a clock that was set back since: by a little, it was just now.
  const agoMs = lastAttemptMs === null ? coolDownMs : Math.max(0, nowMs - lastAttemptMs);
  const isLongPast = lastAttemptMs !== null && lastAttemptMs - nowMs >= coolDownMs;
  if (agoMs >= coolDownMs || isLongPast) return [];
  return [
    {
      code: 'COOL_DOWN',
      message: `it was tried ${inWords(agoMs)} ago: cool-down for another ${inWords(coolDownMs - agoMs)}`,
      hint: 'read its log before you try again',
      canForce: true,
    },
  ];
}

function runningWork({ runningRuns, apps }: BlastRadius): readonly Refusal[] {
  if (runningRuns === 0) return [];
  const app = apps.join(', ') || 'its app';
  const message =
    runningRuns === null
      ? 'whether runs are in flight is not known: its Inngest server cannot be asked'
      : `${runningRuns} ${runningRuns === 1 ? 'run' : 'runs'} of ${app} ${runningRuns === 1 ? 'is' : 'are'} in flight`;
  const hint = 'wait until they are done (joelclaw functions)';
  return [{ code: 'RUNNING_WORK', message, hint, canForce: true }];
}
