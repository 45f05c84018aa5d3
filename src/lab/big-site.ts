import { plainAudit } from './answers/audit/plain.ts';
import { evictingRedis, restingRedis } from './answers/redis-info.ts';
import { oneOfMany } from './answers/ssh-hosts.ts';
import { mulberry32 } from './mulberry32.ts';
import { jsonPage, type Moment, type Page, refusedBy, type Site } from './site.ts';

interface Role {
  readonly name: string;
  readonly kind: 'http' | 'tcp' | 'redis';
  readonly port: number;
}

/** What runs on each of the hosts: ten services. */
const roles: readonly Role[] = [
  { name: 'api', kind: 'http', port: 8001 },
  { name: 'web', kind: 'http', port: 8002 },
  { name: 'auth', kind: 'http', port: 8003 },
  { name: 'search', kind: 'http', port: 8004 },
  { name: 'feed', kind: 'http', port: 8005 },
  { name: 'admin', kind: 'http', port: 8006 },
  { name: 'smtp', kind: 'tcp', port: 25 },
  { name: 'mqtt', kind: 'tcp', port: 1883 },
  { name: 'postgres', kind: 'tcp', port: 5432 },
  { name: 'redis', kind: 'redis', port: 6379 },
];

const hosts = Array.from(
  { length: 100 },
  (_, index) => `node-${String(index + 1).padStart(3, '0')}`,
);

const places = hosts.flatMap((host) => roles.map((role) => ({ host, role })));

const troubledPlaces = places.length * 0.02;

/**
 * 1,000 services on 100 hosts behind ssh. 20 services are in trouble,
 * always the same: http answers 503, tcp is refused, redis is full.
 */
export function bigSite(): Site {
  const troubled = victims();
  const targetsOf = (kind: Role['kind']): readonly string[] =>
    places.filter(({ role }) => role.kind === kind).map(({ host, role }) => `${host}:${role.port}`);
  return {
    inventoryText: inventoryText(),
    platforms: new Map(hosts.map((host) => [host, 'linux'])),
    pages: new Map(
      targetsOf('http').map((target) => [
        `GET http://${target}/health`,
        troubled.has(target) ? overloaded : healthy,
      ]),
    ),
    ports: targetsOf('tcp'),
    certificates: new Map(),
    redis: new Map(
      targetsOf('redis').map((target): [string, (moment: Moment) => string] => [
        `redis://${target}`,
        troubled.has(target) ? evictingRedis : restingRedis,
      ]),
    ),
    programs: new Map(hosts.map((host) => [`${host}:/bin/sh`, oneOfMany])),
    audits: new Map(hosts.map((host) => [host, plainAudit(host)])),
    managed: new Map(),
    files: new Map(),
    troubleOf: (target) => (troubled.get(target) === 'tcp' ? refusedBy(target) : null),
  };
}

/** The targets in trouble and their kind, drawn without putting back: the same for ever. */
function victims(): ReadonlyMap<string, Role['kind']> {
  const random = mulberry32(3111);
  const left = places.map(({ host, role }) => [`${host}:${role.port}`, role.kind] as const);
  const chosen = Array.from({ length: troubledPlaces }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  );
  return new Map(chosen.flat());
}

function healthy(): Page {
  return jsonPage({ status: 'ok' });
}

function overloaded(): Page {
  return jsonPage({ status: 'overloaded' }, 503);
}

function inventoryText(): string {
  return `version: 1
name: big-lab
hosts:
${hosts.map((host) => `  - {name: ${host}, access: ssh, ssh: {host: ${host}, port: 22, user: joel}}`).join('\n')}
services:
${places.map(({ host, role }) => serviceLine(host, role)).join('\n')}
`;
}

function serviceLine(host: string, { name, kind, port }: Role): string {
  const checks: Readonly<Record<Role['kind'], string>> = {
    http: `{kind: http, url: "http://${host}:${port}/health", json: {status: ok}}`,
    tcp: `{kind: tcp, host: ${host}, port: ${port}}`,
    redis: `{kind: redis, url: "redis://${host}:${port}"}`,
  };
  return `  - {name: ${name}, host: ${host}, port: ${port}, manager: {kind: none}, checks: [${checks[kind]}]}`;
}
