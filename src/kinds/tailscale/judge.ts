import type { Verdict } from '../../model/result.ts';
import type { HostPeer, KeyFacts, TailscaleFacts } from './facts.ts';

/** Raised below 14 days, cleared only from 21 on: a renewed key clears it, a clock does not. */
const keyDays = { raise: 14, clear: 21, urgent: 3 };

/** Every state of ipn/backend.go but Running, which is judged by more. */
const notRunning: ReadonlyMap<string, Verdict> = new Map([
  ['Stopped', { state: 'down', note: 'stopped: run `tailscale up`' }],
  ['NeedsLogin', { state: 'down', note: 'logged out: run `tailscale up`' }],
  ['NoState', { state: 'down', note: 'not started: run `tailscale up`' }],
  [
    'NeedsMachineAuth',
    { state: 'down', note: 'an admin of the tailnet must approve this machine' },
  ],
  ['InUseOtherUser', { state: 'down', note: 'another user of this machine has it' }],
  ['Starting', { state: 'degraded', note: 'starting' }],
]);

/** The daemon of this machine. `before` is the note of the last sample: what has been raised. */
export function judgeDaemon(facts: TailscaleFacts, before: string): Verdict {
  const { backend, online, expired, name } = facts;
  if (backend !== 'Running') {
    const known = notRunning.get(backend);
    if (!known) return { state: 'unknown', note: `its state "${backend}" is not known here` };
    const key = expired ? keyTrouble("this machine's", facts, before) : null;
    return key === null ? known : { state: known.state, note: `${known.note}; ${key}` };
  }
  const troubles = [
    online === false ? 'the control plane is not reached' : null,
    keyTrouble("this machine's", facts, before),
    healthTrouble(facts),
  ].filter((trouble) => trouble !== null);
  if (troubles.length > 0) return { state: 'degraded', note: troubles.join('; ') };
  return { state: 'up', note: name === '' ? 'running' : `running as ${name}` };
}

/** The first by letters, as their order is not promised; a span in it would move by itself. */
function healthTrouble({ health }: TailscaleFacts): string | null {
  const [first, ...others] = health.toSorted();
  if (first === undefined) return null;
  const still = first.replace(/\b(?:\d+h)?(?:\d+m)?\d+(?:\.\d+)?m?s\b/g, 'a while');
  return others.length === 0 ? still : `${still} (and ${others.length} more)`;
}

/**
 * A peer by the eyes of this machine. `Online` is the control plane's word: it tells nothing while
 * the daemon does not run or has lost that plane, and an unknown peer explains nobody's trouble.
 */
export function judgePeer(peer: HostPeer, facts: TailscaleFacts, before: string): Verdict {
  if (facts.backend !== 'Running' || facts.online === false) {
    return { state: 'unknown', note: 'tailscale is not connected here' };
  }
  if (!peer.found)
    return {
      state: 'unknown',
      note: `no peer is called ${peer.name}: tailscale status names them`,
    };
  if (peer.online === null) return { state: 'unknown', note: 'not told whether it is online' };
  const key = keyTrouble('its', peer, before);
  if (!peer.online)
    return { state: 'down', note: [offline(peer), ...(key ? [key] : [])].join('; ') };
  return key === null ? { state: 'up', note: wayTo(peer) } : { state: 'degraded', note: key };
}

function offline({ lastSeen }: HostPeer): string {
  const seen = lastSeen === null ? '' : `, last seen ${lastSeen.slice(0, 16).replace('T', ' ')}Z`;
  return `offline on tailscale${seen}`;
}

function wayTo({ direct, relay }: HostPeer): string {
  if (direct === null) return 'online';
  return direct ? 'online, direct' : `online, relayed by ${relay ?? 'somebody'}`;
}

function keyTrouble(whose: string, key: KeyFacts, before: string): string | null {
  const { keyExpiry, daysLeft, expired } = key;
  const day = keyExpiry?.slice(0, 10);
  if (expired) return `${whose} key expired${day ? ` on ${day}` : ''}: log in again`;
  const limit = before.includes(`${whose} key expires`) ? keyDays.clear : keyDays.raise;
  if (daysLeft === null || daysLeft >= limit) return null;
  const soon = daysLeft < keyDays.urgent ? ` within ${keyDays.urgent} days,` : '';
  return `${whose} key expires${soon} on ${day}`;
}
