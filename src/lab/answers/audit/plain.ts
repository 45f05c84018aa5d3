import { absent, told } from './frames.ts';
import type { LabAudit } from './host.ts';

/** A machine among a hundred like it, which tells little more than what it is. */
export function plainAudit(host: string): LabAudit {
  return {
    pages: { program: 'curl', host },
    first: ({ nowMs }) => [
      told('os-release', 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian'),
      told('uname', 'Linux 6.1.0-40-amd64 x86_64'),
      told('hostname', host),
      told('virtualization', 'kvm'),
      told('init', 'systemd'),
      told('clock', String(Math.floor(nowMs / 1000))),
      told('listeners', ''),
      absent('docker', '/var/run/docker.sock'),
    ],
    last: [told('mounts', '/dev/vda1 / ext4 rw,relatime 0 0')],
  };
}
