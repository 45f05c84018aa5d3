import { FaultError, UserError } from '../../model/errors.ts';
import type { Host } from '../../model/inventory.ts';
import type { Context } from '../context.ts';
import { type OpenNetwork, openNetwork } from '../open-network.ts';
import { unknownId } from '../pick.ts';

/** A host of an open network that is to be looked into. */
export interface AuditGround {
  readonly open: OpenNetwork;
  readonly host: Host;
  readonly context: Context;
  /** A line of progress, on stderr. */
  tell(line: string): void;
}

/** What ctrl-c and SIGTERM make of it. */
function interrupted(name: string): UserError {
  return new UserError(`interrupted before ${name} had told all`, {
    ...{ code: 'INTERRUPTED', exitCode: 130 },
    hint: 'nothing was changed',
  });
}

/** Opens the network, and finds the host by its name. */
export async function withHost(
  name: string,
  context: Context,
  body: (ground: AuditGround) => Promise<number>,
): Promise<number> {
  const open = await openNetwork(context);
  try {
    const { hosts } = open.network.inventory;
    const host = hosts.find((one) => one.name === name);
    if (!host) throw unknownId(name, 0, { known: hosts.map((one) => one.name), what: 'host' });
    const tell = (line: string): void => {
      if (!context.options.json && context.isTty) process.stderr.write(`  ${line}\n`);
    };
    return await body({ open, host, context, tell });
  } catch (error) {
    const isEnded = error instanceof FaultError && error.fault.code === 'aborted';
    throw isEnded && context.signal.aborted ? interrupted(name) : error;
  } finally {
    await open.transports.close();
  }
}
