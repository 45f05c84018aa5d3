import type { InngestServer } from '../model/inventory.ts';
import { isJsonObject, type JsonObject, jsonObjectOf } from '../model/json.ts';
import type { InngestCall } from '../model/plan.ts';
import { textOf } from '../model/read-facts.ts';
import { shellWord } from '../model/shell-word.ts';
import type { HttpResponse } from '../transports/contract.ts';

/** A request to an Inngest server or to a worker of it. */
export interface InngestRequest {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  /** As it may be shown: without the event key. */
  readonly shownUrl: string;
  readonly body: string | null;
}

/** How a call is made. A server in dev mode takes any event key; one that is hosted wants its own. */
export function inngestRequest(call: InngestCall, server: InngestServer): InngestRequest {
  const base = server.url.replace(/\/+$/, '');
  if (call.type === 'register') {
    const url = server.worker ?? '';
    return { method: 'PUT', url, shownUrl: url, body: null };
  }
  if (call.type === 'event') {
    const { eventKey } = server;
    const body = JSON.stringify({ name: call.name, data: call.data });
    const key = eventKey === null ? 'dev' : encodeURIComponent(eventKey);
    const shownUrl = `${base}/e/${eventKey === null ? 'dev' : '$INNGEST_EVENT_KEY'}`;
    return { method: 'POST', url: `${base}/e/${key}`, shownUrl, body };
  }
  const run = JSON.stringify(call.run);
  const query =
    call.type === 'rerun'
      ? `mutation { rerun(runID: ${run}) }`
      : `mutation { cancelRun(runID: ${run}) { id } }`;
  const url = `${base}/v0/gql`;
  return { method: 'POST', url, shownUrl: url, body: JSON.stringify({ query }) };
}

/** A request as a person would make it. */
export function curlText({ method, shownUrl, body }: InngestRequest): string {
  const url = shownUrl.includes('$') ? `"${shownUrl}"` : shellWord(shownUrl);
  if (body === null) return `curl -X ${method} ${url}`;
  return `curl -H 'content-type: application/json' -d ${shellWord(body)} ${url}`;
}

/** Why a call was not taken, in the words of who was asked; null when it was. */
export function inngestRefusal({ status, body }: HttpResponse, call: InngestCall): Refused | null {
  const said = jsonObjectOf(body) ?? {};
  const words = errorIn(said);
  if (call.type === 'event' && status === 401) {
    const hint = 'set eventKey of its server in inventory.yaml';
    return { said: words ?? 'the server does not know this event key', hint };
  }
  if (status >= 400) {
    const own = words ?? textOf(said['message']);
    return { said: own ?? `it was answered with ${status}`, hint: null };
  }
  if (words !== null) return { said: words, hint: null };
  const isTaken =
    call.type === 'register' || isJsonObject(said['data']) || Array.isArray(said['ids']);
  return isTaken ? null : { said: 'its answer is not understood', hint: null };
}

export interface Refused {
  readonly said: string;
  readonly hint: string | null;
}

/** GraphQL's errors, and the one of the event API. */
function errorIn({ errors, error, message }: JsonObject): string | null {
  const [first] = Array.isArray(errors) ? errors : [];
  if (isJsonObject(first)) return textOf(first['message']) ?? 'an error';
  return textOf(error) ?? (first === undefined ? null : textOf(message));
}
