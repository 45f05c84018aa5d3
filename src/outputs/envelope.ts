import type { NextAction } from './next-actions.ts';

/** What every envelope says of the command that it answers. */
export interface EnvelopeHead {
  /** `joelclaw status` */
  readonly command: string;
  /** RFC 3339 UTC */
  readonly at: string;
  readonly durationMs: number;
}

export interface Answer {
  /** `joelclaw.status/v1` */
  readonly schema: string;
  readonly ok: boolean;
  /** Where the sample came from. */
  readonly source?: 'probe' | 'cockpit';
  readonly result: unknown;
  readonly nextActions?: readonly NextAction[];
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  readonly faults?: readonly unknown[];
}

/** The one object on stdout of a command that did what was asked. Key order is part of the contract. */
export function envelope(head: EnvelopeHead, answer: Answer): string {
  const { schema, ok, source, result, nextActions = [] } = answer;
  const { command, at, durationMs } = head;
  const where = source === undefined ? {} : { source };
  return `${JSON.stringify({ schema, ok, command, at, durationMs, ...where, result, next_actions: nextActions })}\n`;
}

/** The same for a command that failed itself. */
export function failureEnvelope(head: EnvelopeHead, failure: Failure): string {
  const { command, at, durationMs } = head;
  const { code, message, fix, faults } = failure;
  const error = faults === undefined ? { code, message } : { code, message, faults };
  const schema = 'joelclaw.error/v1';
  const body = { schema, ok: false, command, at, durationMs, result: null, error, fix };
  return `${JSON.stringify({ ...body, next_actions: [] })}\n`;
}
