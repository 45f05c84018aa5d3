import { FaultError } from '../../model/errors.ts';
import { type Fault, type FaultCode, faultOf } from '../../model/fault.ts';
import { type JsonObject, jsonObjectOf } from '../../model/json.ts';
import { cleaner, plainText } from '../../model/plain-text.ts';
import type { Asked } from './asked.ts';
import { clientExpiredOn } from './client-certificate.ts';

/** The server asks to be left alone for a while. */
export class BusyError extends FaultError {
  readonly retryAfterMs: number;

  constructor(fault: Fault, retryAfterMs: number) {
    super(fault);
    this.name = 'BusyError';
    this.retryAfterMs = retryAfterMs;
  }
}

/** An answer's status and what of its body came. */
export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const ours = { side: 'prober' } as const;

/**
 * What an answer other than 200 means. An API server says why in a Status object (its `message` is a
 * sentence); whoever answers without one is none, or a proxy before it.
 */
export function answerFault({ status, headers, body }: Refusal, asked: Asked): FaultError {
  if (status === 401) return new FaultError(rejected(asked));
  const said = statusOf(body);
  if (status === 403 && said) return new FaultError(forbidden(said, asked));
  const retryAfterMs = Number(headers['retry-after']) * 1000;
  if (status === 429 || status >= 500) {
    const fault = faultOf(status === 504 ? 'timeout' : 'protocol', troubled(status, said, asked), {
      ...ours,
      hint: 'see its /readyz, or its log',
    });
    return retryAfterMs > 0 ? new BusyError(fault, retryAfterMs) : new FaultError(fault);
  }
  if (!said) return notUnderstood(asked, `is a ${status} without a Status`);
  const { resource } = asked;
  if (status !== 404)
    return new FaultError(faultOf('protocol', troubled(status, said, asked), ours));
  const hint = 'is the context the right cluster?';
  return new FaultError(faultOf('not-found', `the cluster has no ${resource}`, { ...ours, hint }));
}

/** One answer of an API server that is not as it should be, or something else that answers on its port. */
export function notUnderstood(asked: Asked, how: string): FaultError {
  if (!asked.isApi) return notAnApi(asked);
  const { verb, resource, namespace } = asked;
  const where = namespace === null ? '' : ` in namespace ${namespace}`;
  const message = `the API server's answer to the ${verb} of ${resource}${where} ${how}`;
  const hint = 'is there a proxy in between? see its log, and the server’s';
  return new FaultError(faultOf('protocol', message, { ...ours, hint }));
}

function notAnApi({ access }: Asked): FaultError {
  const { target, context, kubeconfig } = access;
  const hint = `has another program its port now? compare the server of context ${context} in ${kubeconfig}`;
  const message = `what answers on ${target} is not a Kubernetes API server`;
  return new FaultError(faultOf('protocol', message, { ...ours, hint }));
}

function rejected({ access, prepared }: Asked): Fault {
  const day = clientExpiredOn(prepared);
  const why = day === null ? '' : `: the client certificate expired on ${day}`;
  const { context, kubeconfig } = access;
  const hint = `write the credentials of context ${context} in ${kubeconfig} anew`;
  return faultOf('auth', `the API server does not accept our credentials${why}`, { hint });
}

/** What RBAC denies, taken out of its sentence: `… cannot list resource "pods" in API group "" …`. */
function forbidden({ message }: JsonObject, asked: Asked): Fault {
  const denied = /cannot (\w+) resource "([\w./-]+)"/.exec(String(message));
  const namespace = /in the namespace "([\w.-]+)"/.exec(String(message))?.[1] ?? asked.namespace;
  const [verb, resource] = [denied?.[1] ?? asked.verb, denied?.[2] ?? asked.resource];
  const where = namespace === null ? '' : ` in namespace ${namespace}`;
  const verbs = asked.verb === 'list' || asked.verb === 'watch' ? 'list and watch' : asked.verb;
  const hint = `a role with ${verbs} on ${resource}, bound to the user of context ${asked.access.context}`;
  return faultOf('forbidden', `we may not ${verb} ${resource}${where}`, { hint });
}

function troubled(status: number, said: JsonObject | null, { prepared }: Asked): string {
  const headers = prepared.options.headers as Readonly<Record<string, unknown>> | undefined;
  const token = String(headers?.['Authorization'] ?? '').replace(/^\w+ /, '');
  const message = typeof said?.['message'] === 'string' ? said['message'] : '';
  const words = plainText(cleaner([token])(message), 160);
  return `the API server answered ${status}${words ? `: ${words}` : ''}`;
}

/** Null for anything but a Status, as for a page of HTML. */
function statusOf(body: string): JsonObject | null {
  const said = jsonObjectOf(body);
  return said?.['kind'] === 'Status' ? said : null;
}

/** The code of a FaultError, null for anything else. */
export function faultCodeOf(error: unknown): FaultCode | null {
  return error instanceof FaultError ? error.fault.code : null;
}
