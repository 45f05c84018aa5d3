import { rm } from 'node:fs/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, expect, it } from 'vitest';
import type { RedisAnswer, Transports } from '../../src/transports/contract.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { faultOfCall, within } from '../support/calls.ts';
import { makeCertificates } from '../support/certificates.ts';
import { freePort } from '../support/free-port.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { describeTier } from '../support/tiers.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function redisServer(...args: string[]): Promise<RedisServer> {
  const server = await startRedis({ args });
  stops.push(server.stop);
  return server;
}

function live(): Transports {
  const transports = createLiveTransports();
  stops.push(transports.close);
  return transports;
}

function ping(transports: Transports, url: string, timeoutMs = 5000): Promise<RedisAnswer> {
  return transports.redis({ url, commands: [['PING'], ['INFO']] }, within(timeoutMs));
}

describeTier('redis', 'A real Redis', () => {
  it('answers PING and INFO', async () => {
    const server = await redisServer();
    const { replies, latencyMs } = await ping(live(), server.url);
    expect(replies[0]).toBe('PONG');
    expect(replies[1]).toContain(`tcp_port:${server.port}`);
    expect(latencyMs).toBeGreaterThan(0);
  });

  it('is asked over one connection for five rounds', async () => {
    const server = await redisServer();
    const transports = live();
    for (let round = 0; round < 5; round++) await ping(transports, server.url);
    expect(transports.counts().connections).toBe(1);
    const { replies } = await ping(transports, server.url);
    expect(replies[1]).toMatch(/total_connections_received:1\r/);
  });

  it('leaves nothing behind on the kept connection, however many rounds there are', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    const server = await redisServer();
    const transports = live();
    for (let round = 0; round < 30; round++)
      await ping(transports, `redis://localhost:${server.port}`);
    await new Promise(setImmediate);
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
    expect(transports.counts().connections).toBe(1);
  });

  it('that wants a password makes an auth fault without one, and with a wrong one', async () => {
    const server = await redisServer('--requirepass', 's3cr&t/word');
    const transports = live();
    const without = await faultOfCall(ping(transports, server.url));
    expect(without).toMatchObject({ code: 'auth', side: 'prober', message: 'it wants a password' });
    const wrong = await faultOfCall(ping(transports, `redis://:wr0ng@127.0.0.1:${server.port}`));
    expect(wrong).toMatchObject({ code: 'auth', message: 'it does not accept the password' });
    expect(JSON.stringify(wrong)).not.toContain('wr0ng');
  });

  it('takes a percent-encoded password, a user and a database from the URL', async () => {
    const server = await redisServer('--requirepass', 's3cr&t/word');
    const transports = live();
    const password = encodeURIComponent('s3cr&t/word');
    const url = `redis://default:${password}@127.0.0.1:${server.port}/3`;
    await transports.redis({ url, commands: [['SET', 'k', 'v']] }, within(5000));
    const { replies } = await ping(transports, url);
    expect(replies[1]).toContain('db3:keys=1');
  });

  it('without a password says so when the URL has one', async () => {
    const server = await redisServer();
    const fault = await faultOfCall(ping(live(), `redis://:x@127.0.0.1:${server.port}`));
    expect(fault).toMatchObject({ code: 'auth', hint: 'remove it there' });
  });

  it('that has no such database, command or permission says what it was told', async () => {
    const server = await redisServer('--user', 'guest', 'on', '>pw', '~*', '+ping');
    const transports = live();
    const noDb = await faultOfCall(ping(transports, `${server.url}/99`));
    expect(noDb).toMatchObject({
      code: 'protocol',
      message: 'answered an error: ERR DB index is out of range',
    });
    const asGuest = ping(transports, `redis://guest:pw@127.0.0.1:${server.port}`);
    expect(await faultOfCall(asGuest)).toMatchObject({ code: 'forbidden', side: 'prober' });
  });

  it('killed between two samples is refused, and recovers when it is back', async () => {
    const server = await redisServer();
    const transports = live();
    await ping(transports, server.url);
    await server.stop();
    expect(await faultOfCall(ping(transports, server.url))).toMatchObject({
      code: 'refused',
      message: `connection refused by 127.0.0.1:${server.port}`,
    });
    const back = await startRedis({ port: server.port });
    stops.push(back.stop);
    expect((await ping(transports, server.url)).replies[0]).toBe('PONG');
  });

  it('restarted between two samples is asked again over a new connection, without a fault', async () => {
    const server = await redisServer();
    const transports = live();
    await ping(transports, server.url);
    await server.stop();
    const back = await startRedis({ port: server.port });
    stops.push(back.stop);
    expect((await ping(transports, server.url)).replies[0]).toBe('PONG');
    expect(transports.counts().connections).toBe(2);
  });

  it('that hangs on a kept connection is a timeout, and answers again once it goes on', async () => {
    const server = await redisServer();
    const transports = live();
    await ping(transports, server.url);
    process.kill(server.pid, 'SIGSTOP');
    const fault = await faultOfCall(ping(transports, server.url, 300));
    process.kill(server.pid, 'SIGCONT');
    expect(fault).toMatchObject({ code: 'timeout', message: 'no answer within 300 ms' });
    expect((await ping(transports, server.url)).replies[0]).toBe('PONG');
  });

  it('behind TLS is asked by rediss, and its certificate is checked', async () => {
    const certificates = await makeCertificates();
    stops.push(() => rm(certificates.folder, { recursive: true }));
    const { certFile, keyFile } = certificates.valid;
    const tlsPort = await freePort();
    const files = ['--tls-cert-file', certFile, '--tls-key-file', keyFile];
    const noClients = ['--tls-ca-cert-file', certificates.caFile, '--tls-auth-clients', 'no'];
    await redisServer('--tls-port', String(tlsPort), ...files, ...noClients);
    const url = `rediss://localhost:${tlsPort}`;
    const transports = live();
    expect((await faultOfCall(ping(transports, url))).code).toBe('tls');
    const usual = getCACertificates('default');
    setDefaultCACertificates([certificates.ca]);
    stops.push(async () => setDefaultCACertificates(usual));
    expect((await ping(transports, url)).replies[0]).toBe('PONG');
    expect((await ping(transports, url)).replies[0]).toBe('PONG');
    expect(transports.counts().connections).toBe(2);
  });
});
