import { FaultError } from '../../model/errors.ts';
import { type Fault, faultOf } from '../../model/fault.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { HttpResponse } from '../../transports/contract.ts';
import type { ObserveContext } from '../contract.ts';
import { parseJson } from '../http-body.ts';

/** 400 runs are about 150 kB, 200 functions about 60 kB. */
const maxBytes = 4 * 1024 * 1024;

export interface GraphqlAnswer {
  readonly data: JsonObject;
  readonly latencyMs: number;
}

/** Asks the server one query: never a mutation, and only what its own dashboard asks too. */
export async function askGraphql(
  url: string,
  query: string,
  { transports, options }: Pick<ObserveContext, 'transports' | 'options'>,
): Promise<GraphqlAnswer> {
  const answer = await transports.http(
    {
      url: `${url.replace(/\/+$/, '')}/v0/gql`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      tls: {},
      body: JSON.stringify({ query }),
      maxBytes,
    },
    options,
  );
  const parsed = parseJson(answer.body);
  const fault = refusalOf(answer, isJsonObject(parsed) ? parsed : {});
  if (fault) throw new FaultError(fault);
  const data = isJsonObject(parsed) ? parsed['data'] : undefined;
  if (isJsonObject(data)) return { data, latencyMs: answer.latencyMs };
  throw new FaultError(notGraphql);
}

const notGraphql = faultOf('protocol', 'its answer to GraphQL is not understood', {
  side: 'prober',
  hint: 'is url the Inngest server, and not the worker?',
});

/** A server in trouble is `down`; one that is well and does not tell us leaves us `unknown`. */
function refusalOf({ status, truncated }: HttpResponse, body: JsonObject): Fault | null {
  if (status === 404) {
    return faultOf('not-found', 'the server has no GraphQL', {
      side: 'prober',
      hint: '`inngest start --no-ui` switches it off',
    });
  }
  if (status === 401) return faultOf('auth', 'the server wants a login for GraphQL');
  if (status === 403) return faultOf('forbidden', 'the server refuses GraphQL');
  if (status >= 500) return faultOf('protocol', `GraphQL answered ${status}`);
  if (truncated) return faultOf('protocol', 'GraphQL answers more than 4 MB', { side: 'prober' });
  return errorOf(body);
}

/** What the server objects to; a query that it does not know is written for another version. */
function errorOf({ errors }: JsonObject): Fault | null {
  const [first] = Array.isArray(errors) ? errors : [];
  if (first === undefined) return null;
  const { message, extensions } = isJsonObject(first) ? first : {};
  const said = typeof message === 'string' && message !== '' ? message : 'an error';
  const invalid = isJsonObject(extensions) && extensions['code'] === 'GRAPHQL_VALIDATION_FAILED';
  return faultOf('protocol', `GraphQL says: ${said}`, {
    side: 'prober',
    ...(invalid ? { hint: 'this Inngest server is of a version that joelclaw does not know' } : {}),
  });
}
