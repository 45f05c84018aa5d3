import type { Network } from '../model/check.ts';
import {
  type Health,
  keptTransitions,
  type NetworkState,
  type Transition,
} from '../model/health.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import { checkOfKey } from '../model/part-key.ts';
import { type State, statesWorstFirst } from '../model/state.ts';

const schema = 'joelclaw.state/v1';

/** The network's state as the text of its file: one JSON object with its schema's name. */
export function writeLastKnown(state: NetworkState): string {
  return `${JSON.stringify({ schema, ...state })}\n`;
}

/**
 * Reads that text back. Null when it is not such a file; entries that are damaged, or of checks
 * that the network no longer has, are left out.
 */
export function readLastKnown(text: string, network: Network): NetworkState | null {
  const parsed = parse(text);
  if (!isJsonObject(parsed) || parsed['schema'] !== schema) return null;
  const { at, health, transitions } = parsed;
  if (typeof at !== 'string' || !isTime(at)) return null;
  if (!isJsonObject(health) || !Array.isArray(transitions)) return null;
  const known = new Set(network.checks.map(({ id }) => id));
  const kept = Object.entries(health).filter(
    ([id, one]) => known.has(checkOfKey(id)) && isHealth(one),
  );
  return {
    at,
    health: Object.fromEntries(
      kept.map(([id, one]) => [id, { cameFrom: null, unwatchedUntil: null, ...(one as object) }]),
    ) as unknown as Readonly<Record<string, Health>>,
    transitions: transitions
      .filter(isTransition)
      .slice(-keptTransitions) as unknown as Transition[],
  };
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const states: ReadonlySet<unknown> = new Set<State>(statesWorstFirst);

function isTime(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function isHealth(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  const { state, note, since, seenAt, waitMs, confirmed, streak, recent, facts, measured } = value;
  const firm =
    isJsonObject(confirmed) && states.has(confirmed['state']) && isTime(confirmed['since']);
  const counted =
    isJsonObject(streak) && typeof streak['n'] === 'number' && typeof streak['of'] === 'number';
  const texts = typeof note === 'string' && typeof recent === 'string';
  const times = isTime(since) && isTime(seenAt) && typeof waitMs === 'number';
  return (
    states.has(state) &&
    firm &&
    counted &&
    texts &&
    times &&
    isJsonObject(facts) &&
    isMeasured(measured)
  );
}

function isMeasured(value: Json | undefined): boolean {
  if (!isJsonObject(value)) return value === null;
  return (
    states.has(value['state']) && typeof value['note'] === 'string' && isJsonObject(value['facts'])
  );
}

function isTransition(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  const { check, from, to, at } = value;
  return (
    typeof check === 'string' && states.has(from) && (states.has(to) || to === 'gone') && isTime(at)
  );
}
