import { elapsedMs } from './clock.ts';
import type { Transports } from './contract.ts';
import { type Deadline, withDeadline } from './deadline.ts';
import { connectionFault } from './fault-of-error.ts';
import type { HttpAgents } from './http-agents.ts';
import { exchange, type HttpAnswer, StaleConnection } from './http-exchange.ts';
import { type PreparedRequest, prepareRequest } from './http-request.ts';
import type { Sockets } from './sockets.ts';

/** One request, one answer, as it comes: no redirect is followed, no body is longer than wanted. */
export function createHttp(sockets: Sockets, agents: HttpAgents): Transports['http'] {
  return async (request, options) => {
    const prepared = prepareRequest(request, agents);
    const { target } = prepared;
    return sockets.withSlot(target, options.signal, () =>
      withDeadline(options, async (deadline) => {
        const startedMs = performance.now();
        try {
          const answer = await exchangeTwice(prepared, deadline, sockets);
          return { ...answer, latencyMs: elapsedMs(startedMs) };
        } catch (error) {
          throw connectionFault(error, target);
        }
      }),
    );
  };
}

/**
 * A server may close a kept connection at the very moment that it is used again. That is no outage:
 * what is safe to ask twice is asked once more, on a new connection.
 */
async function exchangeTwice(
  prepared: PreparedRequest,
  deadline: Deadline,
  sockets: Sockets,
): Promise<HttpAnswer> {
  try {
    return await exchange(prepared, deadline);
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
    sockets.closeResting(prepared.target);
    return await exchange(prepared, deadline);
  }
}
