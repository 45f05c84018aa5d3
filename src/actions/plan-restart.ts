import type { BoundCheck } from '../kinds/contract.ts';
import type { Restart } from '../kinds/restart.ts';
import type { Network } from '../model/check.ts';
import { inWords } from '../model/in-words.ts';
import type { Host, Service } from '../model/inventory.ts';
import type { BlastRadius, Plan, Refusal } from '../model/plan.ts';
import type { CheckReport, Report } from '../model/report.ts';
import { blastRadius } from './blast-radius.ts';
import { commandText } from './command-text.ts';
import { unitCheckOf } from './unit-mark.ts';

/** How long after an attempt a unit is left alone. */
const coolDownMs = 10 * 60_000;

/** What a plan is made of, besides the network. */
export interface PlanGround {
  readonly report: Report;
  readonly nowMs: number;
  /** When this unit was last tried, milliseconds since 1970; null when nobody has. */
  readonly lastAttemptMs: number | null;
  /** The unit's definition as it lies on its host's disk, where that could be read. */
  readonly file: string | null;
  /** The machine that acts. */
  readonly hostname: string;
}

export interface PlannedRestart {
  readonly plan: Plan;
  /** It has come up when it has run for so long. */
  readonly minimumMs: number;
}

/** What a restart of a service would do, and what speaks against it. Touches nothing. */
export function planRestart(
  { inventory, checks }: Network<BoundCheck>,
  service: Service,
  ground: PlanGround,
): PlannedRestart {
  const host = inventory.hosts.find(({ name }) => name === service.host) as Host;
  const seen = ground.report.services.find(({ id }) => id === service.id);
  const unitCheck = seen ? unitCheckOf(seen) : null;
  const bound = checks.find(({ id }) => id === unitCheck?.id);
  const restart =
    unitCheck && isSeen(unitCheck) ? bound?.restart(unitCheck.facts, ground.file) : null;
  const radius = blastRadius(inventory, service, ground.report);
  return {
    minimumMs: restart?.minimumMs ?? 0,
    plan: {
      action: 'restart',
      service: service.id,
      host: service.host,
      manager: service.manager.kind,
      unit: restart?.unit ?? unitOf(service),
      risk: 'disruptive',
      steps: restart?.steps ?? [],
      commands: (restart?.steps ?? []).map((step) => commandText(step, host)),
      blastRadius: radius,
      warnings: restart?.warnings ?? [],
      refusals: [
        ...impossible(service, { host, unitCheck, restart: restart ?? null, ground }),
        ...(restart?.steps.length ? [...coolDown(ground), ...runningWork(radius)] : []),
      ],
    },
  };
}

/** A unit that nobody could look at is not restarted blindly. */
function isSeen({ state, fault }: CheckReport): boolean {
  return fault === null && state !== 'suppressed';
}

function impossible(
  service: Service,
  more: {
    readonly host: Host;
    readonly unitCheck: CheckReport | null;
    readonly restart: Restart | null;
    readonly ground: PlanGround;
  },
): readonly Refusal[] {
  const { host, unitCheck, restart, ground } = more;
  const refuse = (code: Refusal['code'], message: string, hint: string): readonly Refusal[] => [
    { code, message, hint, canForce: false },
  ];
  if (!service.enabled) {
    return refuse(
      'NO_MANAGER',
      `it is declared not to run: ${service.reason}`,
      'enable it in inventory.yaml',
    );
  }
  if (service.manager.kind === 'none') {
    const hint = `say in inventory.yaml who starts it, or find out: joelclaw status ${service.id}`;
    return refuse('NO_MANAGER', 'its manager is `none`: nobody knows who starts it', hint);
  }
  if (host.access === 'local' && host.hostname && !sameMachine(host.hostname, ground.hostname)) {
    const hint = `run joelclaw on ${host.name}`;
    return refuse('ELSEWHERE', `this machine is ${ground.hostname}, not ${host.hostname}`, hint);
  }
  if (restart === null) {
    const why = unitCheck?.fault?.message ?? unitCheck?.note ?? 'it was not measured';
    const hint = unitCheck?.fault?.hint ?? `joelclaw status ${service.id} says more`;
    return refuse('NOT_SEEN', `how its unit is cannot be seen: ${why}`, hint);
  }
  return restart.refusal ? [restart.refusal] : [];
}

function coolDown({ lastAttemptMs, nowMs }: PlanGround): readonly Refusal[] {
  const agoMs = lastAttemptMs === null ? coolDownMs : nowMs - lastAttemptMs;
  // An attempt in the future is of a clock that was set back since.
  if (agoMs >= coolDownMs || agoMs < 0) return [];
  return [
    {
      code: 'COOL_DOWN',
      message: `it was tried ${inWords(agoMs)} ago: cool-down for another ${inWords(coolDownMs - agoMs)}`,
      hint: 'read its log before you try again, or --force',
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
  const hint = 'wait until they are done (joelclaw functions), or --force';
  return [{ code: 'RUNNING_WORK', message, hint, canForce: true }];
}

function unitOf({ manager }: Service): string {
  if (manager.kind === 'launchd') return manager.label;
  if (manager.kind === 'systemd') return manager.unit;
  return manager.kind === 'k8s' ? manager.workload : '';
}

function sameMachine(a: string, b: string): boolean {
  const first = (name: string): string => name.toLowerCase().split('.')[0] ?? '';
  return first(a) === first(b);
}
