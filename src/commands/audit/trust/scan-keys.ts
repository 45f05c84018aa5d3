import { FaultError, UserError } from '../../../model/errors.ts';
import type { Host } from '../../../model/inventory.ts';
import { createExec } from '../../../transports/exec.ts';
import { createAskSettings } from '../../../transports/ssh/ask-settings.ts';
import { parseKnownHosts } from '../../../transports/ssh/known-hosts.ts';
import { nameOf, type SshPlace } from '../../../transports/ssh/place.ts';
import { resolvePlace } from '../../../transports/ssh/resolve-place.ts';
import { thisHost } from '../../doctor/this-host.ts';
import { pinnedKeysFile } from '../../state-folder.ts';
import type { AuditGround } from '../with-host.ts';

/** Where a host is reached straight; what is in between keeps its keys from being asked for. */
export async function directPlace({ host, context }: AuditGround): Promise<SshPlace> {
  const programs = createExec();
  try {
    const place = await resolvePlace(host, createAskSettings(programs), pinnedKeysFile(context));
    if (place.trustAs === null) throw behind(host, place);
    return place;
  } catch (error) {
    if (error instanceof FaultError) throw cannot(host, error.fault.message, error.fault.hint);
    throw error;
  } finally {
    programs.close();
  }
}

/** The public keys that it shows to anybody, each once, in an order that stays. */
export async function scanKeys(
  { open, host, context }: AuditGround,
  { hostname, port }: SshPlace,
): Promise<readonly Buffer[]> {
  const argv = ['ssh-keyscan', '-p', String(port), '-T', '5', '--', hostname] as const;
  const options = { timeoutMs: context.options.timeoutMs, signal: context.signal };
  const output = await open.transports.exec({ on: thisHost, argv }, options).catch(asOurs(host));
  const keys = parseKnownHosts(output.stdout, 'ssh-keyscan').map(({ key }) => key);
  const once = keys.filter((key, index) => keys.findIndex((one) => one.equals(key)) === index);
  // It asks for all of them at once, and tells each as it comes.
  if (once.length > 0) return once.toSorted(Buffer.compare);
  if (/getaddrinfo|name or service not known|could not resolve/i.test(output.stderr)) {
    throw cannot(
      host,
      `${hostname} is no name that is known here`,
      'look at ssh.host in inventory.yaml, and whether the tailnet is up',
    );
  }
  throw cannot(host, `${hostname} port ${port} shows no key`, 'is sshd running there?');
}

function asOurs(host: Host): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof FaultError) || error.fault.code === 'aborted') throw error;
    throw cannot(host, error.fault.message, error.fault.hint);
  };
}

function behind(host: Host, { jumps, hostname, port }: SshPlace): UserError {
  const way = jumps.length === 0 ? 'a ProxyCommand' : jumps.map(nameOf).join(', ');
  const own = 'on that machine: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub';
  const by = jumps.length === 0 ? '' : ` -J ${jumps.map(nameOf).join(',')}`;
  const at = port === 22 ? '' : ` -p ${port}`;
  return cannot(
    host,
    `it is reached by way of ${way}, through which ssh-keyscan does not go`,
    `${own}; here: ssh${by}${at} ${hostname}, and say yes if it shows the same fingerprint`,
  );
}

function cannot({ name }: Host, why: string, hint = 'see joelclaw doctor'): UserError {
  return new UserError(`the keys of ${name} cannot be asked for: ${why}`, {
    ...{ code: 'NOT_ASKED', exitCode: 1 },
    hint,
  });
}
