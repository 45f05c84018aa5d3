import { serversOf } from '../../actions/blast-radius.ts';
import { registeredNames, verifyFunctions } from '../../actions/verify-functions.ts';
import { FaultError } from '../../model/errors.ts';
import type { FunctionsReceipt } from '../../model/plan.ts';
import type { Report } from '../../model/report.ts';
import type { ActGround } from './prepared.ts';
import type { SeenDeed } from './seen-deed.ts';

const registerMs = 10_000;

/** Why a restart is not verified by them. */
export function lostWords({ app, after, missing, trouble }: FunctionsReceipt): string {
  const what =
    after === null
      ? `the functions of ${app} could not be counted`
      : `functions are missing: ${missing.join(', ')}`;
  return trouble === null ? what : `${what}; registering failed: ${trouble}`;
}

/** Of each app whose worker was restarted; a server that was restarted itself asks its workers. */
export async function countFunctions(
  { service, report }: SeenDeed,
  look: () => Promise<Report>,
  ground: ActGround,
): Promise<readonly FunctionsReceipt[]> {
  const { clock } = ground.open.transports;
  const receipts: FunctionsReceipt[] = [];
  for (const { name, worker } of serversOf(ground.open.network.inventory, service)) {
    if (!worker) continue;
    const before = registeredNames(name, report.functions);
    const one = await verifyFunctions(name, before, {
      ...{ clock, signal: ground.signal, register: () => register(worker, ground) },
      look: async () => (await look()).functions,
    });
    receipts.push(one);
  }
  return receipts;
}

/** The one question that makes a worker tell its server what it serves. */
async function register(url: string, { open, signal }: ActGround): Promise<string | null> {
  const request = { url, method: 'PUT', headers: {}, tls: {} };
  try {
    const { status } = await open.transports.http(request, { timeoutMs: registerMs, signal });
    return status < 400 ? null : `PUT ${url} was answered with ${status}`;
  } catch (error) {
    if (error instanceof FaultError) return error.fault.message;
    throw error;
  }
}
