import type { CheckSpec } from '../model/inventory.ts';

const usualPorts: Readonly<Record<string, number>> = {
  'http:': 80,
  'https:': 443,
  'redis:': 6379,
  'rediss:': 6379,
};

/** `host:port` that a check connects to, this machine by one name; null for one that connects nowhere. */
export function askedAt({ kind, spec }: CheckSpec): string | null {
  const { url, host, port } = spec;
  if (kind === 'tcp' || kind === 'tls') return placeOf(String(host), Number(port ?? 443));
  if (typeof url !== 'string' || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  return placeOf(parsed.hostname, Number(parsed.port || usualPorts[parsed.protocol]));
}

/** Of one service: a unit stands below what it serves, a port below what is asked on it and there. */
export function isBelow(one: CheckSpec, declared: CheckSpec, unit: string): boolean {
  if (declared.name === unit) return false;
  if (one.name === unit) return true;
  const place = one.kind === 'tcp' && declared.kind !== 'tcp' ? askedAt(one) : null;
  return place !== null && place === askedAt(declared);
}

function placeOf(host: string, port: number): string {
  const name = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  const isHere = name === 'localhost' || name === '::1' || name.startsWith('127.');
  return `${isHere ? 'localhost' : name}:${port}`;
}
