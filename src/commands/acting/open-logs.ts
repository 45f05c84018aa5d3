import { type FunctionPlace, functionReader } from '../../actions/function-log.ts';
import { logReader, type Wanted } from '../../actions/log-reader.ts';
import type { BoundCheck } from '../../kinds/contract.ts';
import type { LogSource } from '../../kinds/log-source.ts';
import type { Network } from '../../model/check.ts';
import { UserError } from '../../model/errors.ts';
import { explain } from '../../model/explain.ts';
import { emptyNetworkState } from '../../model/health.ts';
import type { Host, Service } from '../../model/inventory.ts';
import { countOf } from '../../model/read-facts.ts';
import { check } from '../../watch/sample.ts';
import type { OpenNetwork } from '../open-network.ts';
import { narrowed, pick } from '../pick.ts';
import type { ChosenLogs } from './choose-logs.ts';
import { sourcesOf } from './log-sources.ts';
import { type OpenLog, openLog } from './open-log.ts';

/** The logs of services as long as they are read. */
export interface OpenLogs {
  readonly logs: readonly OpenLog[];
  /** Services whose manager has no such unit, and what it says: only what was written before is read. */
  readonly absent: ReadonlyMap<string, string>;
  /** These, and all that have come since. */
  all(): readonly OpenLog[];
  /** Those that have come since: pods that took the place of others. */
  renew(): Promise<readonly OpenLog[]>;
  /** One that has ended: a pod of the same name may come in its place, and is a new log. */
  forget(log: OpenLog): void;
}

export interface LogsAsked {
  readonly wanted: Wanted;
  readonly signal: AbortSignal;
  warn(line: string): void;
}

/** Lines of a pod that has come meanwhile: all, as far as they are as many. */
const ofNewPod: Wanted = { lines: 5000, sinceMs: null };

/**
 * The logs of services, by a sample of their units, and those of functions. Who has none that is known is told by `warn`; when
 * that is all of them it is a UserError.
 */
export async function openLogs(
  { services, functions }: ChosenLogs,
  open: OpenNetwork,
  asked: LogsAsked,
): Promise<OpenLogs> {
  const known = new Set<string>();
  const keys = new Map<OpenLog, string>();
  const ahead = new Map<string, number>();
  const absent = new Map<string, string>();
  const look = async (
    chosen: readonly Service[],
    kinds: readonly string[],
    lines: Wanted,
  ): Promise<readonly OpenLog[]> => {
    const wanted = ofKinds(open.network, chosen, kinds);
    const state = await check(wanted, open.transports, {
      ...{ previous: emptyNetworkState, signal: asked.signal },
    });
    const report = explain(open.network, state, open.transports.clock.now());
    for (const { name, facts } of report.nodes) {
      const skewSeconds = countOf(facts['clockSkewSeconds']);
      if (skewSeconds !== null) ahead.set(name, skewSeconds * 1000);
    }
    return chosen.flatMap((service): readonly OpenLog[] => {
      const { sources, why, absence } = sourcesOf(service, wanted, report);
      if (why !== null && !known.has(service.id)) asked.warn(`${service.id}: ${why}`);
      if (absence !== null) absent.set(service.id, absence);
      const fresh = sources.filter((source) => !known.has(keyOf(service, source)));
      return fresh.map((source) => {
        const log = openSource(source, { service, open, asked, lines, ahead });
        keys.set(log, keyOf(service, source));
        known.add(keyOf(service, source));
        return log;
      });
    });
  };
  const ofServices = await look(services, ['host', 'launchd', 'systemd', 'k8s'], asked.wanted);
  const logs = [...ofServices, ...functions.map((place) => openFunction(place, open, asked))];
  if (logs.length === 0) {
    throw new UserError('none of these has a log that is known', {
      ...{ code: 'NO_LOG', exitCode: 1 },
      hint: 'a log is found by its manager: launchd, systemd or k8s; a function has its runs',
    });
  }
  for (const { id } of services) known.add(id);
  const ofPods = services.filter(({ manager }) => manager.kind === 'k8s');
  const all = [...logs];
  return {
    logs,
    absent,
    all: () => all,
    renew: async () => {
      const fresh = ofPods.length === 0 ? [] : await look(ofPods, ['k8s'], ofNewPod);
      all.push(...fresh);
      return fresh;
    },
    forget: (log) => {
      known.delete(keys.get(log) ?? '');
      keys.delete(log);
    },
  };
}

function openSource(
  source: LogSource,
  more: {
    readonly service: Service;
    readonly open: OpenNetwork;
    readonly asked: LogsAsked;
    readonly lines: Wanted;
    /** By host, in milliseconds: how far its clock was ahead when it was asked last. */
    readonly ahead: ReadonlyMap<string, number>;
  },
): OpenLog {
  const { service, open, asked, lines, ahead } = more;
  const { inventory } = open.network;
  const host = inventory.hosts.find(({ name }) => name === service.host) as Host;
  const ground = { transports: open.transports, host, clusters: inventory.clusters };
  return openLog(logReader(source, ground), {
    ...{ service: service.id, endsWhenGone: source.kind === 'pod', wanted: lines },
    isNear: source.kind === 'file' && host.access === 'local',
    aheadMs: ahead.get(service.host) ?? 0,
    ...{ secrets: open.secrets, signal: asked.signal },
  });
}

/** By its server's clock, which is not asked for. */
function openFunction(place: FunctionPlace, open: OpenNetwork, asked: LogsAsked): OpenLog {
  return openLog(functionReader(place, open.transports), {
    ...{
      service: place.name,
      endsWhenGone: false,
      isNear: false,
      wanted: asked.wanted,
      aheadMs: 0,
    },
    ...{ secrets: open.secrets, signal: asked.signal },
  });
}

function keyOf({ id }: Service, source: LogSource): string {
  const { hasPrevious: _, ...place } = { hasPrevious: false, ...source };
  return `${id} ${JSON.stringify(place)}`;
}

/** The units' own checks, with what they are asked through. */
function ofKinds(
  network: Network<BoundCheck>,
  services: readonly Service[],
  kinds: readonly string[],
): Network<BoundCheck> {
  const ids = services.map(({ id }) => id);
  const near = narrowed(network, pick(network, ids)).checks;
  // This machine's clock is ours: only that of another one is asked for.
  const { hosts } = network.inventory;
  const ours = new Set(hosts.filter(({ access }) => access === 'local').map(({ name }) => name));
  const checks = near.filter(
    ({ kind, host }) => kinds.includes(kind) && !(kind === 'host' && ours.has(host)),
  );
  return { ...network, checks };
}
