import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Transports } from '../../src/transports/contract.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { type Behaving, httpAnswer, startBehaving } from '../support/behave.ts';
import { faultOfCall, get, within } from '../support/calls.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

function live(): Transports {
  const transports = createLiveTransports();
  stops.push(transports.close);
  return transports;
}

/** Answers each request with "ok" unless `ignore` says not to answer that one (1 is the first). */
async function answering(
  ignore: (request: number) => boolean = () => false,
): Promise<Behaving & { readonly requests: () => number }> {
  let requests = 0;
  const server = await startBehaving((socket) => {
    socket.on('data', () => {
      requests++;
      if (!ignore(requests)) socket.write(httpAnswer('text/plain', 'ok'));
    });
  });
  stops.push(server.stop);
  return { ...server, requests: () => requests };
}

describe('HTTP connections', () => {
  it('are kept: five rounds take one connection', async () => {
    const server = await answering();
    const transports = live();
    for (let round = 0; round < 5; round++) {
      expect((await transports.http(get(server.url), within(2000))).body).toBe('ok');
    }
    expect(server.requests()).toBe(5);
    expect(server.connections()).toBe(1);
    expect(transports.counts().connections).toBe(1);
  });

  it('leave nothing behind on a kept socket, however many rounds there are', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    const server = await answering();
    const transports = live();
    for (let round = 0; round < 30; round++) {
      await transports.http(get(server.url.replace('127.0.0.1', 'localhost')), within(2000));
    }
    await new Promise(setImmediate);
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });

  it('are at most two to one target, and waiting for one does not count as being late', async () => {
    const server = await answering((request) => request <= 2);
    const transports = live();
    const startedMs = performance.now();
    const late = [
      faultOfCall(transports.http(get(server.url), within(400))),
      faultOfCall(transports.http(get(server.url), within(400))),
    ];
    const third = transports.http(get(server.url), within(300));
    expect((await third).body).toBe('ok');
    expect(performance.now() - startedMs).toBeGreaterThan(390);
    expect(await Promise.all(late)).toMatchObject([{ code: 'timeout' }, { code: 'timeout' }]);
    expect((await third).latencyMs).toBeLessThan(300);
  });

  it('that wait are aborted at once', async () => {
    const server = await answering(() => true);
    const transports = live();
    const run = new AbortController();
    const held = [1, 2].map(() => faultOfCall(transports.http(get(server.url), within(900))));
    const waiting = faultOfCall(transports.http(get(server.url), within(900, run.signal)));
    const startedMs = performance.now();
    run.abort();
    expect(await waiting).toMatchObject({ code: 'aborted', side: 'prober' });
    expect(performance.now() - startedMs).toBeLessThan(300);
    await Promise.all(held);
    expect(server.connections()).toBe(2);
  });

  it('that were closed while they rested are no outage for a GET', async () => {
    let connections = 0;
    const server = await startBehaving((socket) => {
      connections++;
      const first = connections === 1;
      let requests = 0;
      socket.on('data', () => {
        requests++;
        if (first && requests === 2) socket.resetAndDestroy();
        else socket.write(httpAnswer('text/plain', 'ok'));
      });
    });
    stops.push(server.stop);
    const transports = live();
    await transports.http(get(server.url), within(2000));
    expect((await transports.http(get(server.url), within(2000))).body).toBe('ok');
    expect(server.connections()).toBe(2);
  });

  it('that were closed while they rested are not asked twice for a POST', async () => {
    const server = await startBehaving((socket) => {
      socket.once('data', () => {
        socket.write(httpAnswer('text/plain', 'ok'));
        socket.once('data', () => socket.resetAndDestroy());
      });
    });
    stops.push(server.stop);
    const transports = live();
    await transports.http(get(server.url), within(2000));
    const post = transports.http(get(server.url, { method: 'POST' }), within(2000));
    expect(await faultOfCall(post)).toMatchObject({ message: 'the connection was reset' });
    expect(server.connections()).toBe(1);
  });

  it('do not keep a server alive that was closed: the next round says refused', async () => {
    const server = createServer((_request, response) => response.end('ok'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const transports = live();
    await transports.http(get(url), within(2000));
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    expect((await faultOfCall(transports.http(get(url), within(2000)))).code).toBe('refused');
  });
});

describe('An HTTP request', () => {
  it('sends its body whole, with its length in bytes', async () => {
    const asked: { method?: string | undefined; length?: string | undefined; body: string }[] = [];
    const server = createServer(async (request, response) => {
      const { method, headers } = request;
      const body = Buffer.concat(await request.toArray()).toString();
      asked.push({ method, length: headers['content-length'], body });
      response.end('ok');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const transports = live();
    const long = 'é'.repeat(200_000);
    for (const body of ['{"query":"{ ü }"}', long]) {
      await transports.http(get(url, { method: 'POST', body }), within(2000));
    }
    await transports.http(get(url), within(2000));
    expect(asked).toEqual([
      { method: 'POST', length: '18', body: '{"query":"{ ü }"}' },
      { method: 'POST', length: '400000', body: long },
      { method: 'GET', length: undefined, body: '' },
    ]);
    await transports.close();
    server.close();
    await once(server, 'close');
  });

  it('says who asks, and carries the credentials of its URL', async () => {
    const asked: IncomingMessage[] = [];
    const server = createServer((request, response) => {
      asked.push(request);
      response.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const transports = live();
    const headers = { 'X-Key': 'k' };
    await transports.http(
      get(`http://joel:s%40x@127.0.0.1:${port}/a?b=1`, { headers }),
      within(2000),
    );
    expect(asked[0]?.url).toBe('/a?b=1');
    expect(asked[0]?.headers).toMatchObject({
      'user-agent': 'joelclaw',
      'x-key': 'k',
      authorization: `Basic ${Buffer.from('joel:s@x').toString('base64')}`,
    });
    await transports.close();
    server.close();
    await once(server, 'close');
  });
});
