import type { State } from './state.ts';

/** Why something could not be measured or did not answer; the names are public. */
export const faultCodes = [
  'timeout',
  'refused',
  'unreachable',
  'dns',
  'tls',
  'auth',
  'host-key',
  'protocol',
  'not-found',
  'tool-missing',
  'forbidden',
  'aborted',
  'stale',
] as const;

/** One of them. */
export type FaultCode = (typeof faultCodes)[number];

/** Whose trouble it is: the thing looked at, or we who look. */
export type FaultSide = 'target' | 'prober';

/** Why a measurement failed, in words for the operator; `hint` says what to do next. */
export interface Fault {
  readonly code: FaultCode;
  readonly side: FaultSide;
  readonly message: string;
  readonly hint?: string;
}

const targetSide: ReadonlySet<FaultCode> = new Set([
  'timeout',
  'refused',
  'unreachable',
  'tls',
  'protocol',
  'not-found',
]);

/**
 * The side that a code usually means. A caller overrides it where the same code can mean the other
 * side: `dns` is the target's when the name does not exist, ours when no resolver answers.
 */
function usualSide(code: FaultCode): FaultSide {
  return targetSide.has(code) ? 'target' : 'prober';
}

/** Builds a fault; the side is the code's usual one unless given. */
export function faultOf(
  code: FaultCode,
  message: string,
  more: { readonly hint?: string; readonly side?: FaultSide } = {},
): Fault {
  const { hint, side = usualSide(code) } = more;
  return hint === undefined ? { code, side, message } : { code, side, message, hint };
}

/** A peer that hung up in the middle: often a restart, so a one-shot run asks once more. */
export const connectionReset: Fault = faultOf('protocol', 'the connection was reset');

/** The same on a connection that had been good, with a question open on it. */
export const connectionLost: Fault = faultOf('protocol', 'the connection was lost');

/** It took the question, or the hand, and hung up without a word. */
export const closedEarly: Fault = faultOf(
  'protocol',
  'it closed the connection before it answered',
);

const cutWords = 'its answer was cut short';

/** It began to answer; `where` says how far it came: "after 120 bytes". */
export function cutShort(where: string): Fault {
  return faultOf('protocol', `${cutWords} ${where}`);
}

const hangUps: ReadonlySet<string> = new Set(
  [connectionReset, connectionLost, closedEarly].map(({ message }) => message),
);

/** Whether a peer that was reached has hung up: what is being restarted does. */
export function isHangUp({ message }: Fault): boolean {
  return hangUps.has(message) || message.startsWith(cutWords);
}

/** A target in trouble is `down`; a prober in trouble knows nothing. */
export function stateOfFault(fault: Fault): State {
  return fault.side === 'target' ? 'down' : 'unknown';
}
