import type { AuditReport } from '../../model/audit.ts';
import type { AuditedAddress, Listener } from '../../model/audit-facts.ts';
import {
  type Area,
  type Compared,
  compareThings,
  joined,
  type Sides,
  type Thing,
} from './things.ts';
import { compareValue } from './values.ts';

const listenersArea: Area = {
  id: 'listeners',
  title: 'what listens',
  probes: /^(?:listeners|datagrams|netstat)$/,
};
const addressesArea: Area = { id: 'addresses', title: 'addresses', probes: /^addresses$/ };

/** From here on Linux gives ports to whoever asks for any (ip_local_port_range). */
const firstEphemeral = 32_768;

/** Addresses, what listens, the firewall. */
export function compareNetwork(reports: Sides<AuditReport>): Compared {
  const { before, after } = reports;
  const declared = new Set(
    [before, after].flatMap(({ services }) =>
      services.flatMap((one) => (one.declared && one.port !== null ? [one.port] : [])),
    ),
  );
  const listeners = ({ facts }: AuditReport) =>
    facts.network.listeners?.flatMap((one) => listenerThing(one, declared)) ?? null;
  const addresses = ({ facts }: AuditReport) =>
    facts.network.addresses?.flatMap(addressThing) ?? null;
  return joined([
    compareThings(listenersArea, { before: listeners(before), after: listeners(after) }, reports),
    compareThings(addressesArea, { before: addresses(before), after: addresses(after) }, reports),
    compareValue({
      ...{ id: 'firewall', title: 'the firewall', severity: 'critical' },
      ...{ before: firewallOf(before), after: firewallOf(after) },
    }),
  ]);
}

/** `nft: needs root` tells nothing of it. */
function firewallOf({ facts }: AuditReport): string | null {
  const { firewall } = facts.network;
  return firewall === null || /needs root/.test(firewall) ? null : firewall;
}

/**
 * A port that nobody has chosen is another one after each start: who has one is compared, not which. A
 * datagram socket on such a port is most often the asking end of something.
 */
function listenerThing(
  { protocol, address, port, program, unit, uid }: Listener,
  declared: ReadonlySet<number>,
): readonly Thing[] {
  const isPassing = port >= firstEphemeral && !declared.has(port);
  if (isPassing && protocol === 'udp') return [];
  // A session has another number each time.
  const owner = unit === null || /^session-/.test(unit) ? program : unit;
  const whose = owner ?? (uid === null ? 'nobody knows' : `uid ${uid}`);
  const place = `${protocol} ${address}:${isPassing ? `any port of ${whose}` : port}`;
  const near = /^(?:127\.|\[?::1\]?|localhost)/.test(address);
  return [
    {
      id: `listener/${place.replace(' ', '/')}`,
      title: `listener ${place}`,
      value: isPassing ? whose : owner,
      graveness: {
        added: near ? 'info' : 'warning',
        gone: declared.has(port) ? 'warning' : 'info',
        changed: 'warning',
      },
    },
  ];
}

/** Of an interface all addresses of one family; those that it gives itself say nothing. */
function addressThing({ interface: name, address }: AuditedAddress): readonly Thing[] {
  if (/^(?:lo|veth|cali|vnet|tap)/.test(name) || /^(?:fe80:|169\.254\.)/i.test(address)) return [];
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  return [
    {
      id: `address/${name}/${family}`,
      title: `${family} address of ${name}`,
      value: family === 'ipv6' ? withoutPrivacy(address) : address,
      graveness: { added: 'info', gone: 'warning', changed: 'warning' },
    },
  ];
}

/** In a network of its own choice (/64) a host takes another address each day (RFC 8981): the network is compared. */
function withoutPrivacy(address: string): string {
  const [bits = '', length] = address.toLowerCase().split('/');
  if (length !== '64') return address.toLowerCase();
  const [head = '', tail] = bits.split('::');
  const groups = head === '' ? [] : head.split(':');
  const filled = tail === undefined ? groups : [...groups, '0', '0', '0', '0'];
  return `${filled.slice(0, 4).join(':')}::/64`;
}
