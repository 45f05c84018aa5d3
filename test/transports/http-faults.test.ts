import { afterEach, describe, expect, it } from 'vitest';
import type { Transports } from '../../src/transports/contract.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import * as behave from '../support/behave.ts';
import { faultOfCall, get, within } from '../support/calls.ts';
import { freePort } from '../support/free-port.ts';

const mib = 1024 * 1024;
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

function live(): Transports {
  const transports = createLiveTransports();
  stops.push(transports.close);
  return transports;
}

async function server(how: Parameters<typeof behave.startBehaving>[0]): Promise<behave.Behaving> {
  const started = await behave.startBehaving(how);
  stops.push(started.stop);
  return started;
}

describe('An HTTP server in trouble', () => {
  it('that accepts and never answers is a timeout, and its connection is closed', async () => {
    const silent = await server(behave.neverAnswer);
    const startedMs = performance.now();
    const fault = await faultOfCall(live().http(get(silent.url), within(200)));
    expect(performance.now() - startedMs).toBeLessThan(1000);
    expect(fault).toEqual({ code: 'timeout', side: 'target', message: 'no answer within 200 ms' });
    if (silent.open() > 0) await silent.nextClosed();
    expect(silent.open()).toBe(0);
  });

  it.each([
    ['its headers', 'HTTP/1.1 200 OK\r\nX-Slow: '],
    ['its body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n'],
  ])('that drips %s a byte a second is bounded by the total deadline', async (_part, text) => {
    const dripping = await server(behave.drip(text));
    const startedMs = performance.now();
    const fault = await faultOfCall(live().http(get(dripping.url), within(1300)));
    expect(performance.now() - startedMs).toBeLessThan(2300);
    expect(fault).toMatchObject({ code: 'timeout', message: 'no whole answer within 1.3 s' });
  });

  it('that refuses says host, port and what to look at', async () => {
    const port = await freePort();
    const fault = await faultOfCall(live().http(get(`http://127.0.0.1:${port}/`), within(2000)));
    expect(fault).toEqual({
      code: 'refused',
      side: 'target',
      message: `connection refused by 127.0.0.1:${port}`,
      hint: 'is it running, and on this port?',
    });
  });

  it('that resets is a protocol fault, asked once on a fresh connection', async () => {
    const resetting = await server(behave.reset);
    const fault = await faultOfCall(live().http(get(resetting.url), within(2000)));
    expect(fault).toMatchObject({ code: 'protocol', message: 'the connection was reset' });
    expect(resetting.connections()).toBe(1);
  });

  it.each([
    ['without a word', '', 'it closed the connection before it answered'],
    ['in its head', 'HTTP/1.1 200 OK\r\nContent-', 'its answer was cut short in its head'],
    [
      'after its head',
      'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n',
      'its answer was cut short after its head',
    ],
    [
      'in a body of a length',
      'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf',
      'its answer was cut short after 4 bytes',
    ],
    [
      'in a body of chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n',
      'its answer was cut short after 4 bytes',
    ],
  ])('that hangs up %s is a protocol fault that says so', async (_, text, message) => {
    const cut = await server(behave.say(text));
    const fault = await faultOfCall(live().http(get(cut.url), within(2000)));
    expect(fault).toMatchObject({ code: 'protocol', side: 'target', message });
  });

  it('that sends garbage is never quoted', async () => {
    const broken = await server(behave.say(behave.garbage));
    const fault = await faultOfCall(live().http(get(broken.url), within(2000)));
    expect(fault).toEqual({
      code: 'protocol',
      side: 'target',
      message: 'answered something that is not HTTP',
    });
  });

  it('that sends headers without end is a protocol fault', async () => {
    const endless = await server(behave.flood('HTTP/1.1 200 OK\r\nX: '));
    const fault = await faultOfCall(live().http(get(endless.url), within(5000)));
    expect(fault).toMatchObject({ code: 'protocol', message: 'its headers are too long' });
  });

  it('that switches protocols unasked is a protocol fault, not silence', async () => {
    const switching = await server(
      behave.say('HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'),
    );
    const fault = await faultOfCall(live().http(get(switching.url), within(2000)));
    expect(fault.code).toBe('protocol');
  });

  it('that sends without end is cut at 1 MiB and hung up on', async () => {
    const endless = await server(behave.flood('HTTP/1.1 200 OK\r\n\r\n'));
    const answer = await live().http(get(endless.url), within(5000));
    expect(answer.truncated).toBe(true);
    expect(answer.body).toHaveLength(mib);
    if (endless.open() > 0) await endless.nextClosed();
    // What the kernel's buffers on both sides hold comes on top of what we read.
    expect(endless.sentBytes()).toBeLessThan(24 * mib);
  });

  it.each([
    ['pours', behave.flood('HTTP/1.1 200 OK\r\n\r\n')],
    ['drips', behave.drip('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n')],
  ])(
    'whose body nobody reads is answered by its head, also when it %s without end',
    async (_, how) => {
      const endless = await server(how);
      const request = get(endless.url, { headOnly: true });
      expect(await live().http(request, within(2000))).toMatchObject({ status: 200 });
      if (endless.open() > 0) await endless.nextClosed();
    },
  );

  it('whose body nobody reads keeps its connection where that is short', async () => {
    const quick = await server((socket) => {
      socket.on('data', () => socket.write(behave.httpAnswer('text/plain', 'fine')));
    });
    const transports = live();
    const request = get(quick.url, { headOnly: true });
    for (let times = 0; times < 3; times++) await transports.http(request, within(2000));
    expect(quick.connections()).toBe(1);
  });

  it('whose name does not exist is the target’s trouble', async () => {
    const fault = await faultOfCall(live().http(get('http://no-such-host.invalid/'), within(5000)));
    expect(fault.code).toBe('dns');
    expect(['no such name: no-such-host.invalid', 'no resolver answers']).toContain(fault.message);
  });

  it.each(['not a url', 'ftp://secret:word@x/', 'http://user:%zz-secret@127.0.0.1/'])(
    'whose URL cannot be asked is our trouble, and the URL is not shown: %s',
    async (url) => {
      const fault = await faultOfCall(live().http(get(url), within(1000)));
      expect(fault).toMatchObject({ code: 'protocol', side: 'prober' });
      expect(JSON.stringify(fault)).not.toContain('secret');
    },
  );

  it('is not asked with a header that cannot be sent, and its value is not shown', async () => {
    const request = get('http://127.0.0.1:1/', { headers: { authorization: 'secret\nword' } });
    const fault = await faultOfCall(live().http(request, within(1000)));
    expect(fault).toMatchObject({ code: 'protocol', side: 'prober' });
    expect(JSON.stringify(fault)).not.toContain('secret');
  });
});

describe('An HTTP answer', () => {
  it.each([
    ['latin-1 as labelled', 'text/plain; charset=ISO-8859-1', Buffer.from('Gr\xfc\xdfe', 'latin1')],
    ['utf-16 by its mark', 'text/plain', Buffer.from('\ufeffGrüße', 'utf16le')],
    ['utf-16 as labelled', 'text/plain; charset="utf-16le"', Buffer.from('Grüße', 'utf16le')],
    ['utf-8 for an unknown label', 'text/plain; charset=klingon', Buffer.from('Grüße')],
    ['utf-8 without a label', 'application/json', Buffer.from('Grüße')],
  ])('is decoded: %s', async (_title, contentType, bytes) => {
    const speaking = await server(behave.say(behave.httpAnswer(contentType, bytes)));
    const answer = await live().http(get(speaking.url), within(2000));
    expect(answer).toMatchObject({ status: 200, body: 'Grüße', truncated: false });
  });

  it.each([
    ['HTML', '<!doctype html><title>x</title>'],
    ['broken JSON', '{"status":'],
  ])(
    'is handed over as it is when it is %s: what it should be is the kind’s to say',
    async (_t, body) => {
      const speaking = await server(behave.say(behave.httpAnswer('application/json', body)));
      expect((await live().http(get(speaking.url), within(2000))).body).toBe(body);
    },
  );

  it('that redirects is not followed', async () => {
    const moved =
      'HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n';
    const speaking = await server(behave.say(moved));
    const answer = await live().http(get(speaking.url), within(2000));
    expect(answer).toMatchObject({ status: 302, headers: { location: 'http://127.0.0.1:1/' } });
  });
});
