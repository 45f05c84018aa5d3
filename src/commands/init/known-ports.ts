import type { JsonObject } from '../../model/json.ts';

/** A port that is usually this, what serves it, and what it answers when it is. */
export interface KnownPort {
  readonly port: number;
  readonly name: string;
  /** Names of units and workloads that serve it. */
  readonly words: readonly string[];
  readonly check: JsonObject;
  /** It is for whoever runs the server, and not what the server is for. */
  readonly admin?: true;
}

const http = (port: number, path: string, more: JsonObject = {}): JsonObject => ({
  kind: 'http',
  url: `http://localhost:${port}${path}`,
  ...more,
});

/** That a port takes connections, where nothing better is known of it. */
export function tcpCheck(port: number): JsonObject {
  return { kind: 'tcp', host: 'localhost', port };
}

const row = (
  port: number,
  check: JsonObject,
  words: readonly [string, ...string[]],
): KnownPort => ({ port, name: words[0], words, check });

const webServers = ['caddy', 'nginx', 'apache2', 'httpd', 'haproxy', 'traefik'];

/** What each project's manual gives as its port and its health path. A later row may join an earlier one. */
export const knownPorts: readonly KnownPort[] = [
  row(8288, http(8288, '/health', { json: { status: 200 } }), ['inngest']),
  row(3111, http(3111, '/'), ['worker']),
  row(6379, { kind: 'redis', url: 'redis://localhost:6379' }, ['redis', 'valkey']),
  row(6333, http(6333, '/readyz'), ['qdrant']),
  row(8108, http(8108, '/health'), ['typesense']),
  row(11434, http(11434, '/api/version'), ['ollama']),
  row(3847, http(3847, '/'), ['pdf-brain']),
  row(5432, tcpCheck(5432), ['postgres', 'postgresql']),
  row(3306, tcpCheck(3306), ['mysql', 'mysqld', 'mariadb']),
  row(27017, tcpCheck(27017), ['mongod', 'mongodb']),
  row(9200, http(9200, '/'), ['elasticsearch', 'opensearch']),
  row(7700, http(7700, '/health'), ['meilisearch']),
  row(9090, http(9090, '/-/healthy'), ['prometheus']),
  row(9100, http(9100, '/'), ['node-exporter', 'node_exporter', 'prometheus-node-exporter']),
  row(8123, http(8123, '/'), ['home-assistant', 'homeassistant', 'hass']),
  row(8096, http(8096, '/health'), ['jellyfin']),
  row(32400, http(32400, '/identity'), ['plex', 'plexmediaserver']),
  row(1883, tcpCheck(1883), ['mosquitto', 'mqtt']),
  { ...row(2019, http(2019, '/config/'), ['caddy']), admin: true },
  row(443, tcpCheck(443), ['https', ...webServers]),
  row(80, tcpCheck(80), ['http', 'https', ...webServers]),
  row(22, tcpCheck(22), ['sshd', 'ssh', 'openssh']),
];
