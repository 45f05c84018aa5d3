import type { Finding } from '../../model/audit.ts';
import type { Listener } from '../../model/audit-facts.ts';
import { isEveryAddress } from '../../model/private-address.ts';
import type { Rule } from './rule.ts';

/** What every host has on all its addresses: the way in, the time, names, leases, the tailnet. */
const usual =
  /^(?:sshd|dropbear|tailscaled|systemd-(?:resolve|network|timesyn).*|dhc(?:lient|pcd).*|udhcpc|avahi-daemon|chronyd|ntpd|NetworkManager)\b/;
const usualUnit =
  /^(?:sshd?|dropbear|tailscaled|systemd-(?:resolved|networkd|timesyncd)|avahi-daemon|chronyd?|ntpd?|ntpsec|NetworkManager)\.(?:service|socket)$/;
const usualPorts: Readonly<Record<Listener['protocol'], readonly number[]>> = {
  tcp: [22],
  udp: [68, 123, 323, 546, 5353, 5355, 41_641],
};
/** ip_local_port_range: a datagram socket up there waits for an answer. */
const firstEphemeral = 32_768;

const undeclared: Rule = ({ facts, services }) => {
  const { listeners, firewall } = facts.network;
  const ports = new Set(services.flatMap((one) => (one.declared ? [one.port] : [])));
  const isGuarded = firewall !== null && /enabled|active/.test(firewall);
  return (listeners ?? [])
    .filter((one) => isEveryAddress(one.address) && !ports.has(one.port) && !isUsual(one))
    .map((one): Finding => {
      const socket = services.find(
        ({ port, manager }) => port === one.port && manager.name?.endsWith('.socket'),
      );
      const unit = socket?.manager.name ?? one.unit;
      const program = socket === undefined ? one.program : null;
      const owner = program ?? unit ?? (one.uid === null ? 'somebody' : `uid ${one.uid}`);
      const behind = isGuarded ? `, behind ${firewall?.split(' ')[0]}` : '';
      return {
        id: `undeclared-listener/${one.protocol}/${one.port}`,
        severity: one.protocol === 'tcp' && !isGuarded ? 'warning' : 'info',
        title: `${owner} listens on every address, ${one.protocol} ${one.port}, and the inventory knows nothing of it`,
        evidence: `${one.address}:${one.port}${unit === null ? '' : `, ${unit}`}${behind}`,
        remedy: 'a service of the inventory, an address of its own, or its end',
      };
    });
};

function isUsual({ protocol, port, program, unit }: Listener): boolean {
  return (
    usual.test(program ?? '') ||
    usualUnit.test(unit ?? '') ||
    (program === null && usualPorts[protocol].includes(port)) ||
    (protocol === 'udp' && (usualPorts.udp.includes(port) || port >= firstEphemeral))
  );
}

/** What listens that nobody has written down. */
export const listenerRules: readonly Rule[] = [undeclared];
