import { parseInventory } from '../../inventory/parse-inventory.ts';
import { bind } from '../../kinds/bind.ts';
import { FaultError } from '../../model/errors.ts';
import type { Result } from '../../model/result.ts';
import type { FoundPort } from './found.ts';
import { type KnownPort, knownPorts, tcpCheck } from './known-ports.ts';
import { type Looked, type Looking, orNothing } from './look.ts';
import { itemLines } from './yaml-text.ts';

/** Loopback answers at once, unless the machine is busy; a refusal comes at once then too. */
const connectMs = 2000;

/** The ports of this machine's loopback that take connections, each with a check that it answers now. */
export async function findPorts(looking: Looking): Promise<Looked<readonly FoundPort[]>> {
  const asked = await Promise.all(
    knownPorts.map((known) =>
      orNothing<FoundPort | null>(`port ${known.port}`, null, async () => {
        const found = (await isOpen(looking, known.port)) ? await prove(looking, known) : null;
        return { found, notLooked: [] };
      }),
    ),
  );
  return {
    found: asked.map(({ found }) => found).filter((one) => one !== null),
    notLooked: asked.flatMap(({ notLooked }) => notLooked),
  };
}

async function isOpen({ transports, options }: Looking, port: number): Promise<boolean> {
  try {
    await transports.tcp({ host: 'localhost', port }, { ...options, timeoutMs: connectMs });
    return true;
  } catch (error) {
    if (error instanceof FaultError && error.fault.code === 'refused') return false;
    throw error;
  }
}

/** A check that is not answered now would only say that something else has the port. */
async function prove(looking: Looking, known: KnownPort): Promise<FoundPort> {
  const { port } = known;
  const { verdict, fault } = await runOnce(looking, known);
  if (verdict.state === 'up' || verdict.state === 'degraded') {
    return { ...known, proved: true, remark: '' };
  }
  if (fault?.code === 'auth') {
    return { ...known, proved: true, remark: passwordRemark(known, fault.message) };
  }
  const remark = `what is usual there does not answer (${verdict.note}), so only the port is looked at`;
  return { port, name: `port-${port}`, words: [], check: tcpCheck(port), proved: false, remark };
}

/** The very check that is about to be written, run once. */
async function runOnce(
  { transports, options }: Looking,
  { name, check }: KnownPort,
): Promise<Result> {
  const service = itemLines({ name, host: 'here', checks: [{ ...check, timeout: '2s' }] });
  const text = ['version: 1', 'name: here', 'hosts: [{name: here}]', 'services:', ...service].join(
    '\n',
  );
  const parsed = parseInventory({ file: 'known-ports', text, env: {} });
  const bound = parsed.ok
    ? bind(parsed.inventory).checks.find((one) => one.service !== null)
    : null;
  if (!bound) throw new Error(`the check of ${name} is not valid`);
  return bound.run({ transports, signal: options.signal, previous: null });
}

/** The password itself stands in .env, and only its name in the inventory. */
function passwordRemark({ name, port }: KnownPort, message: string): string {
  const secret = `${name.toUpperCase()}_PASSWORD`;
  return `${message}: write ${name}://:\${${secret}}@localhost:${port} and set ${secret} in .env`;
}
