import { readFileSync } from 'node:fs';

/**
 * The local ports of all connections of this machine to a port of 127.0.0.1, also of those closed a
 * moment ago (TIME_WAIT): a server that counts nothing is counted so. Empty where there is no
 * /proc/net/tcp (proc_net_tcp: address and port in hexadecimal, the local one first).
 */
export function clientPortsTo(port: number): ReadonlySet<string> {
  const wanted = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return new Set(
    read()
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , remote]) => remote === wanted)
      .map(([, local = '']) => local),
  );
}

function read(): string {
  try {
    return readFileSync('/proc/net/tcp', 'utf8');
  } catch {
    return '';
  }
}
