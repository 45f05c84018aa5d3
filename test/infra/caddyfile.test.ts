import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, get as getPlain, type IncomingMessage, type Server } from 'node:http';
import { get as getTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Certificates, makeCertificates } from '../support/certificates.ts';
import { freePorts } from '../support/free-port.ts';
import { type Started, startProgram } from '../support/start-program.ts';
import { describeTier } from '../support/tiers.ts';

const caddyfile = fileURLToPath(new URL('../../infra/caddy/Caddyfile', import.meta.url));
const run = promisify(execFile);
const host = 'valid.test';

/** What listens where, and what is behind it: network.md §1.5. */
const routes: readonly (readonly [port: number, upstream: number])[] = [
  [9443, 8288],
  [8290, 8289],
  [3443, 3111],
  [6443, 6333],
  [7443, 7880],
];

describeTier('caddy', 'the shipped Caddyfile', () => {
  let certificates: Certificates;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    certificates = await makeCertificates();
    const { folder, valid } = certificates;
    await copyFile(valid.certFile, join(folder, `${host}.crt`));
    await copyFile(valid.keyFile, join(folder, `${host}.key`));
    const data = { XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    env = { ...process.env, ...data, CADDY_CERTS: folder, CADDY_HOST: host };
  });
  afterAll(() => rm(certificates.folder, { recursive: true, force: true }));

  const caddy = (verb: string, file = caddyfile) =>
    run('caddy', [verb, '--config', file, '--adapter', 'caddyfile'], { env });

  it('is valid', async () => {
    expect((await caddy('validate')).stdout).toContain('Valid configuration');
  });

  it('is written as caddy fmt writes it', async () => {
    const { stdout } = await run('caddy', ['fmt', caddyfile]);
    expect(stdout).toBe(await readFile(caddyfile, 'utf8'));
  });

  it('is for the host whose certificates are known, where nothing else is told', async () => {
    const { stdout } = await run('caddy', [
      'adapt',
      '--config',
      caddyfile,
      '--adapter',
      'caddyfile',
    ]);
    const names = stdout.match(/"\/[^"]*\.(?:crt|key)"/g);
    const at = '/Users/joel/.local/certs/panda.tail7af24.ts.net';
    expect(new Set(names)).toEqual(new Set([`"${at}.crt"`, `"${at}.key"`]));
  });

  it('leaves ports 80 and 443 alone, and its API to this machine', async () => {
    const { apps, admin } = JSON.parse((await caddy('adapt')).stdout);
    const servers: readonly { listen: string[]; automatic_https: object }[] = Object.values(
      apps.http.servers,
    );
    expect(servers.flatMap(({ listen }) => listen).toSorted()).toEqual(
      [':3443', ':6443', ':7443', ':8290', ':9443', '127.0.0.1:8443'].toSorted(),
    );
    for (const { automatic_https } of servers)
      expect(automatic_https).toMatchObject({ disable: true });
    expect(admin.listen).toBe('localhost:2019');
  });

  describe('as a real Caddy serves it', () => {
    const ports = new Map<number, number>();
    const upstreams: Server[] = [];
    let server: Started;
    beforeAll(async () => {
      for (const port of routes.map(([, upstream]) => upstream)) {
        const upstream = createServer((request, answer) => answer.end(`${port} ${request.url}`));
        await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
        upstreams.push(upstream);
        ports.set(port, (upstream.address() as AddressInfo).port);
      }
      server = await startMoved(3);
    });

    /** On ports that were free a moment ago; when somebody was quicker, on others. */
    async function startMoved(tries: number): Promise<Started> {
      const folder = await mkdtemp(join(tmpdir(), 'joelclaw-caddy-'));
      const listening = [2019, 8443, ...routes.map(([one]) => one)];
      const free = await freePorts(listening.length);
      for (const [index, port] of listening.entries()) ports.set(port, free[index] ?? 0);
      const text = await readFile(caddyfile, 'utf8');
      const file = join(folder, 'Caddyfile');
      const moved = text.replace(
        /:(\d{4})\b/g,
        (_all, port: string) => `:${ports.get(Number(port))}`,
      );
      await writeFile(file, moved.replaceAll('localhost:', '127.0.0.1:'));
      const argv = ['caddy', 'run', '--config', file, '--adapter', 'caddyfile'] as const;
      const told = { ...(env as Record<string, string>), HOME: folder };
      const ready = /serving initial configuration/;
      return startProgram([...argv], { ready, folder, env: told }).catch((error: unknown) => {
        if (tries === 1 || !/address already in use/.test(String(error))) throw error;
        return startMoved(tries - 1);
      });
    }

    afterAll(async () => {
      await server.stop();
      for (const upstream of upstreams) upstream.close();
    });

    const bodyOf = async (answer: IncomingMessage): Promise<string> => {
      const pieces: string[] = [];
      for await (const piece of answer.setEncoding('utf8')) pieces.push(String(piece));
      return pieces.join('');
    };

    it.each(routes)('%d leads to %d', async (port, upstream) => {
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        const at = { host: '127.0.0.1', port: ports.get(port), path: '/x', servername: host };
        const tls = { ca: certificates.ca, headers: { host: `${host}:${ports.get(port)}` } };
        getTls({ ...at, ...tls }, resolve).on('error', reject);
      });
      expect(await bodyOf(answer)).toBe(`${upstream} /x`);
    });

    it.each([
      ['/webhooks/github', 'localhost', 3111],
      ['/webhooks/github', 'panda.tail7af24.ts.net', 3111],
      ['/e/key', 'localhost', 8288],
      ['/', 'panda.tail7af24.ts.net', 8288],
    ])('the funnel’s %s, asked of %s, goes to %d', async (path, name, upstream) => {
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        const at = { host: '127.0.0.1', port: ports.get(8443), path };
        getPlain({ ...at, headers: { host: name } }, resolve).on('error', reject);
      });
      expect(await bodyOf(answer)).toBe(`${upstream} ${path}`);
    });
  });
});
