import { confirmedState } from './explain-service.ts';
import type { NetworkState } from './health.ts';
import type { Host } from './inventory.ts';
import type { CheckReport, NodeLink, NodeReport, ServiceReport } from './report.ts';
import { classOf, type State } from './state.ts';

/** All that is known of one machine. */
export interface NodeEvidence {
  /** Its own checks: the host check, the tailscale check where that is, and those of its clusters. */
  readonly checks: readonly CheckReport[];
  /** The same machine as this tailnet sees it; null when it is no peer or nothing is known. */
  readonly peer: CheckReport | null;
  readonly services: readonly ServiceReport[];
  readonly state: NetworkState;
}

interface Judged {
  readonly state: State;
  readonly note: string;
}

/**
 * A node is its host check. A machine that does not answer and is offline on the tailnet is one
 * machine that is down: its check is suppressed by its peer, itself is `down` because of it.
 * Whatever else is in trouble on a node that is well makes it at most `degraded`.
 */
export function explainNode(host: Host, evidence: NodeEvidence): NodeReport {
  const { checks, peer, state } = evidence;
  const own = checks.find(({ kind }) => kind === 'host');
  const health = own && state.health[own.id];
  return {
    kind: 'host',
    name: host.name,
    description: host.description,
    access: host.access,
    ...judged(own, evidence),
    since: own?.since ?? null,
    unwatchedUntil: own?.unwatchedUntil ?? null,
    confirmed: confirmedState(own ? [own] : [], state),
    streak: own?.streak ?? { toward: null, n: 0, of: 0 },
    flapping: health?.flapping ?? false,
    because: own?.because ?? null,
    link: peer && linkOf(peer),
    facts: own?.facts ?? {},
    checks: peer ? [...checks, { ...peer, name: 'tailscale' }] : checks,
  };
}

function judged(own: CheckReport | undefined, evidence: NodeEvidence): Judged {
  if (!own) return { state: 'unknown', note: 'not measured yet' };
  const { peer } = evidence;
  if (own.state === 'suppressed' && own.because === peer?.id) {
    return { state: 'down', note: peer.note };
  }
  const { state, note } = own;
  const trouble = state === 'up' ? (criticalTrouble(evidence) ?? otherTrouble(evidence)) : null;
  return trouble === null ? { state, note } : { state: 'degraded', note: trouble };
}

function criticalTrouble({ services }: NodeEvidence): string | null {
  const troubled = services.find(({ critical, state }) => critical && classOf(state) === 'bad');
  return troubled ? `${troubled.name} is ${troubled.state}` : null;
}

/**
 * A peer that is offline while the machine itself answers has lost the control plane, or somebody has
 * switched it off: LINK says so. A key that ends needs somebody, and so does a cluster in trouble.
 */
function otherTrouble({ checks, peer }: NodeEvidence): string | null {
  const other = checks.find(({ kind, state }) => kind !== 'host' && classOf(state) === 'bad');
  if (other) return `${other.name}: ${other.note}`;
  const ends = peer?.state === 'degraded' || (peer?.state === 'down' && peer.facts['expired']);
  return ends ? `tailscale: ${peer.note}` : null;
}

/** What the peer's facts say of the way to it; null when they say nothing or are too old. */
function linkOf({ state, facts }: CheckReport): NodeLink | null {
  const { online, direct, relay, keyExpiry } = facts;
  if (state === 'unknown' || typeof online !== 'boolean') return null;
  const via = direct === false && typeof relay === 'string' ? relay : null;
  const way = direct === null ? 'idle' : direct ? 'direct' : 'relayed';
  return {
    state: online ? way : 'offline',
    via: online ? via : null,
    keyExpiry: typeof keyExpiry === 'string' ? keyExpiry : null,
  };
}
