import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Behaving,
  drip,
  flood,
  neverAnswer,
  reset,
  say,
  startBehaving,
} from '../support/behave.ts';
import { type CaddyServer, startCaddy } from '../support/caddy-server.ts';
import { freePort } from '../support/free-port.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { type CliEnd, runCli } from '../support/run-cli.ts';
import { hasTier } from '../support/tiers.ts';

const runs = (['redis', 'caddy'] as const).every(hasTier);

interface Service {
  readonly id: string;
  readonly state: string;
  readonly note: string;
  readonly checks: readonly {
    readonly fault: { readonly code: string } | null;
    readonly facts: object;
  }[];
}

const functions = ['video-download', 'transcript-process', 'content-sync'];
const json = (body: string, head = 'application/json'): string =>
  `HTTP/1.1 200 OK\r\nContent-Type: ${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

describe.runIf(runs)('a sample of real servers [redis] [caddy]', () => {
  let folder: NetworkFolder;
  let redis: RedisServer;
  let lockedRedis: RedisServer;
  let caddy: CaddyServer;
  const servers: Behaving[] = [];
  let end: CliEnd;
  let services: ReadonlyMap<string, Service>;
  let answer: {
    ok: boolean;
    durationMs: number;
    result: { nodes: { facts: Record<string, unknown> }[] };
  };

  const serve = async (behave: Parameters<typeof startBehaving>[0]): Promise<number> => {
    const server = await startBehaving(behave);
    servers.push(server);
    return server.port;
  };

  beforeAll(async () => {
    [redis, lockedRedis, caddy] = await Promise.all([
      startRedis(),
      startRedis({ args: ['--requirepass', 'hunter2hunter2'] }),
      startCaddy(),
    ]);
    const body = JSON.stringify({ status: 'running', functions });
    const http = async (name: string, behave: Parameters<typeof startBehaving>[0], more = '') =>
      `  - {name: ${name}, host: here, checks: [{kind: http, url: "http://127.0.0.1:${await serve(behave)}/"${more}}]}`;
    const tls = (name: string, port: number, servername: string, ca: string) =>
      `  - {name: ${name}, host: here, checks: [{kind: http, url: "https://127.0.0.1:${port}/", tls: {ca: ${ca}, servername: ${servername}}}]}`;
    const { ports, certificates } = caddy;
    const ca = certificates.caFile;
    const lines = [
      'version: 1',
      'name: real',
      'defaults: {timeout: 1s}',
      'hosts:',
      `  - {name: here, access: local, hostname: ${hostname()}}`,
      'services:',
      `  - {name: redis, host: here, checks: [{kind: redis, url: "redis://127.0.0.1:${redis.port}"}]}`,
      `  - {name: redis-locked, host: here, checks: [{kind: redis, url: "redis://127.0.0.1:${lockedRedis.port}"}]}`,
      `  - {name: redis-open, host: here, checks: [{kind: redis, url: "redis://:\${REDIS_PASSWORD}@127.0.0.1:${lockedRedis.port}"}]}`,
      await http(
        'worker',
        say(json(body)),
        ', json: {status: running}, count: functions, unit: functions',
      ),
      await http(
        'html',
        say(json('<html>sign in</html>', 'text/html')),
        ', json: {status: running}',
      ),
      await http('invalid', say(json('{"status":')), ', json: {status: running}'),
      await http(
        'latin',
        say(json('{"name":"Jo\u00ebl"}', 'application/json; charset=utf-8')),
        ', json: {name: "Jo\u00ebl"}',
      ),
      await http('silent', neverAnswer),
      await http('drip', drip('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n')),
      await http(
        'drip-read',
        drip('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n'),
        ', text: x',
      ),
      await http(
        'flood',
        flood('HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n'),
        ', json: {a: 1}',
      ),
      await http('reset', reset),
      await http('garbage', say('\u001b]0;owned\u0007\u001b[2J\u001b[31mHTTP?\r\n\r\n')),
      await http(
        'rude',
        say(json(JSON.stringify({ status: '\u001b[2J\u001b]0;owned\u0007' }))),
        ', json: {status: running}',
      ),
      `  - {name: closed, host: here, checks: [{kind: tcp, host: 127.0.0.1, port: ${await freePort()}}]}`,
      tls('tls-valid', ports.valid, 'valid.test', ca),
      tls('tls-expired', ports.expired, 'expired.test', ca),
      tls('tls-wrong-name', ports.wrongName, 'valid.test', ca),
      tls('tls-self-signed', ports.selfSigned, 'self.test', ca),
      `  - {name: tls-kind, host: here, checks: [{kind: tls, host: 127.0.0.1, port: ${ports.expired}, servername: expired.test}]}`,
      '  - {name: command, host: here, checks: [{kind: command, argv: [uname, -s], stdout: "^Linux|Darwin$"}]}',
      '  - {name: missing, host: here, checks: [{kind: command, argv: [joelclaw-no-such-program]}]}',
      '',
    ];
    folder = await makeNetworkFolder(lines.join('\n'));
    const env = { JOELCLAW_STATE: folder.state, REDIS_PASSWORD: 'hunter2hunter2' };
    end = await runCli(['--headless', '--json', '--root', folder.root, '--timeout', '8s'], { env });
    answer = JSON.parse(end.stdout);
    const found = (answer.result as unknown as { services: Service[] }).services;
    services = new Map(found.map((service) => [service.id.split('/')[1] ?? '', service]));
  });

  afterAll(async () => {
    await Promise.all([redis.stop(), lockedRedis.stop(), caddy.stop(), folder.remove()]);
    await Promise.all(servers.map((server) => server.stop()));
  });

  test.each([
    ['redis', 'up', null],
    ['redis-locked', 'unknown', 'auth'],
    ['redis-open', 'up', null],
    ['worker', 'up', null],
    ['html', 'down', 'protocol'],
    ['invalid', 'down', 'protocol'],
    ['latin', 'up', null],
    ['silent', 'down', 'timeout'],
    ['drip', 'up', null],
    ['drip-read', 'down', 'timeout'],
    ['flood', 'down', 'protocol'],
    ['reset', 'down', 'protocol'],
    ['garbage', 'down', 'protocol'],
    ['rude', 'down', null],
    ['closed', 'down', 'refused'],
    ['tls-valid', 'up', null],
    ['tls-expired', 'down', 'tls'],
    ['tls-wrong-name', 'down', 'tls'],
    ['tls-self-signed', 'down', 'tls'],
    ['tls-kind', 'down', 'tls'],
    ['command', 'up', null],
    ['missing', 'unknown', 'tool-missing'],
  ])('%s is %s, fault %s', (name, state, code) => {
    const service = services.get(name);
    expect({ state: service?.state, code: service?.checks[0]?.fault?.code ?? null }).toEqual({
      state,
      code,
    });
    expect(service?.note === '' && state !== 'up').toBe(false);
  });

  test('counts the functions that the worker lists', () => {
    expect(services.get('worker')?.note).toBe('3 functions');
  });

  test('measures this machine', () => {
    const [{ facts } = { facts: {} }] = answer.result.nodes;
    expect(facts).toMatchObject({ cpus: expect.any(Number), uptimeSeconds: expect.any(Number) });
    expect(JSON.stringify(facts)).toMatch(/"mount":"\/","usedBytes":\d{4,}/);
  });

  test('is one JSON object on stdout, with exit code 0 although the network burns', () => {
    expect(end.code).toBe(0);
    expect(end.stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(answer.ok).toBe(false);
    expect(end.stderr).toBe('');
  });

  test('prints no control sequence of a server and no secret', async () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
    const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]|\\u001b/;
    const page = await runCli(['status', '--root', folder.root, '--timeout', '8s'], {
      env: { JOELCLAW_STATE: folder.state, REDIS_PASSWORD: 'hunter2hunter2' },
    });
    for (const text of [end.stdout, page.stdout, page.stderr]) {
      expect(text).not.toMatch(controls);
      expect(text).not.toContain('owned');
      expect(text).not.toContain('hunter2');
    }
  });

  test('takes as long as its slowest check, and what runs on at the deadline is unknown', async () => {
    // Two at a time to a target and 1 s for each: the slowest takes 1 s and asks once, not 21 s.
    expect(answer.durationMs).toBeLessThan(5000);
    const { stdout } = await runCli(
      ['--headless', '--json', '--root', folder.root, '--timeout', '300ms'],
      {
        env: { JOELCLAW_STATE: folder.state, REDIS_PASSWORD: 'hunter2hunter2' },
      },
    );
    const { result, durationMs } = JSON.parse(stdout);
    const silent = result.services.find(({ id }: Service) => id === 'here/silent');
    expect(silent).toMatchObject({ state: 'unknown', checks: [{ fault: { code: 'aborted' } }] });
    expect(durationMs).toBeLessThan(4000);
  });
});
