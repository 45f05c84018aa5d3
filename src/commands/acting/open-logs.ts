import { type LogReader, logReader, type News, type Wanted } from '../../actions/log-reader.ts';
import type { BoundCheck } from '../../kinds/contract.ts';
import type { Network } from '../../model/check.ts';
import { UserError } from '../../model/errors.ts';
import { explain } from '../../model/explain.ts';
import { emptyNetworkState } from '../../model/health.ts';
import { hideSecrets } from '../../model/hide-secrets.ts';
import type { Host, Service } from '../../model/inventory.ts';
import type { LogLine } from '../../model/log-line.ts';
import { masker, plainText } from '../../model/plain-text.ts';
import { countOf } from '../../model/read-facts.ts';
import { check } from '../../watch/sample.ts';
import type { OpenNetwork } from '../open-network.ts';
import { narrowed, pick } from '../pick.ts';

/** A log of a service, and how its lines become fit to be shown. */
export interface OpenLog {
  readonly service: string;
  readonly from: string;
  first(wanted: Wanted): Promise<ShownNews>;
  next(): Promise<ShownNews>;
}

export interface ShownNews {
  readonly lines: readonly LogLine[];
  readonly notes: readonly string[];
}

/** A line that is longer is cut, and says how long it was. */
const longest = 8 * 1024;
const patienceMs = 10_000;

/**
 * The logs of services, by a sample of their units. Who has none that is known is told by `warn`; when
 * that is all of them it is a UserError.
 */
export async function openLogs(
  services: readonly Service[],
  open: OpenNetwork,
  { signal, warn }: { readonly signal: AbortSignal; warn(line: string): void },
): Promise<readonly OpenLog[]> {
  const { network, transports } = open;
  const wanted = onlyUnits(network, services);
  const state = await check(wanted, transports, { previous: emptyNetworkState, signal });
  const report = explain(network, state, transports.clock.now());
  const logs = services.flatMap((service): readonly OpenLog[] => {
    const host = network.inventory.hosts.find(({ name }) => name === service.host) as Host;
    const unit = wanted.checks.find(
      (one) => one.service === service.id && one.name === service.manager.kind,
    );
    const seen = report.services.find(({ id }) => id === service.id);
    const facts = seen?.checks.find(({ id }) => id === unit?.id)?.facts ?? {};
    const sources = unit?.logs(facts) ?? [];
    if (sources.length === 0)
      warn(`${service.id}: ${whyNone(service, seen?.checks[0]?.note ?? '')}`);
    const node = report.nodes.find(({ name }) => name === service.host);
    const aheadMs = (countOf(node?.facts['clockSkewSeconds']) ?? 0) * 1000;
    const clusters = network.inventory.clusters;
    return sources.map((source) =>
      cleaned(logReader(source, { transports, host, clusters }), {
        ...{ service: service.id, aheadMs, signal, secrets: open.secrets },
      }),
    );
  });
  if (logs.length > 0) return logs;
  throw new UserError('none of these has a log that is known', {
    ...{ code: 'NO_LOG', exitCode: 1 },
    hint: 'a log is found by its manager: launchd, systemd or k8s',
  });
}

function whyNone({ manager }: Service, note: string): string {
  if (manager.kind === 'none') return 'its manager is `none`: nobody knows where it writes';
  const known = note === '' ? '' : ` (${note})`;
  return manager.kind === 'launchd'
    ? `its plist names no StandardOutPath and no StandardErrorPath${known}`
    : `nothing of it has run yet${known}`;
}

function cleaned(
  reader: LogReader,
  more: {
    readonly service: string;
    readonly aheadMs: number;
    readonly signal: AbortSignal;
    readonly secrets: readonly string[];
  },
): OpenLog {
  const { service, aheadMs, signal } = more;
  const { from } = reader;
  const mask = masker(more.secrets);
  const options = { timeoutMs: patienceMs, signal };
  const shown = ({ lines, notes }: News): ShownNews => ({
    notes,
    lines: lines.map(({ atMs, text }) => ({
      ...{ service, from, atMs: atMs === null ? null : atMs - aheadMs },
      text: shownText(text, mask),
    })),
  });
  return {
    ...{ service, from },
    first: async (wanted) => shown(await reader.first(wanted, options)),
    next: async () => shown(await reader.next(options)),
  };
}

/** Without control sequences and secrets, and never longer than a screen can bear. */
function shownText(text: string, mask: ReturnType<typeof masker>): string {
  // What is indented belongs to the line before it.
  const indent = /^[ \t]{0,12}/.exec(text)?.[0].replaceAll('\t', '  ') ?? '';
  const whole = `${indent}${hideSecrets(mask(plainText(mask(text), longest)))}`;
  return text.length > longest ? `${whole} … (${text.length} characters)` : whole;
}

/** The units' own checks, with what they are asked through. */
function onlyUnits(network: Network<BoundCheck>, services: readonly Service[]) {
  const ids = services.map(({ id }) => id);
  const near = narrowed(network, pick(network, ids)).checks;
  const kinds = new Set(['host', 'launchd', 'systemd', 'k8s']);
  return { ...network, checks: near.filter(({ kind }) => kinds.has(kind)) };
}
