import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/model/fault.ts';
import type { Transports } from '../../src/transports/contract.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import * as behave from '../support/behave.ts';
import { faultOfCall, within } from '../support/calls.ts';

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

function ask(port: number, more: { timeoutMs?: number; user?: string } = {}): Promise<Fault> {
  const { timeoutMs = 2000, user = '' } = more;
  const url = `redis://${user}127.0.0.1:${port}`;
  return faultOfCall(live().redis({ url, commands: [['PING'], ['INFO']] }, within(timeoutMs)));
}

describe('What should be Redis', () => {
  it('and never answers is a timeout', async () => {
    const { port } = await server(behave.neverAnswer);
    expect(await ask(port, { timeoutMs: 200 })).toMatchObject({
      code: 'timeout',
      message: 'no answer within 200 ms',
    });
  });

  it('and drips is bounded by one deadline over the whole exchange', async () => {
    const { port } = await server(behave.drip('+PONG\r\n$1000\r\n'));
    const startedMs = performance.now();
    expect(await ask(port, { timeoutMs: 1300 })).toMatchObject({
      code: 'timeout',
      message: 'no whole answer within 1.3 s',
    });
    expect(performance.now() - startedMs).toBeLessThan(2300);
  });

  it.each([
    ['a huge bulk announced', '$1000000000\r\n'],
    ['a line without end', '+'],
  ])('and floods is cut off: %s', async (_title, head) => {
    const flooding = await server(behave.flood(head));
    expect(await ask(flooding.port, { timeoutMs: 5000 })).toMatchObject({
      code: 'protocol',
      message: 'the answer is longer than 1024 KiB',
    });
    if (flooding.open() > 0) await flooding.nextClosed();
    expect(flooding.sentBytes()).toBeLessThan(24 * 1024 * 1024);
  });

  it.each([
    ['HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['garbage', behave.garbage],
    ['a bulk of no length', '$many\r\n'],
    ['an array', '*1\r\n+x\r\n'],
  ])('and answers %s is a protocol fault that quotes nothing', async (_title, text) => {
    const { port } = await server(behave.say(text));
    expect(await ask(port)).toEqual({
      code: 'protocol',
      side: 'target',
      message: 'answered something that is not Redis',
    });
  });

  it('and resets is a protocol fault', async () => {
    const { port } = await server(behave.reset);
    expect(await ask(port)).toMatchObject({
      code: 'protocol',
      message: 'the connection was reset',
    });
  });

  it.each([
    ['without a word', '', 'it closed the connection before it answered'],
    ['in its answer', '$100\r\nhalf', 'its answer was cut short after 10 bytes'],
  ])('and hangs up %s is a protocol fault that says so', async (_, text, message) => {
    const { port } = await server(behave.say(text));
    expect(await ask(port)).toMatchObject({ code: 'protocol', side: 'target', message });
  });

  it('and repeats the password in its answer to AUTH does not make us print it', async () => {
    const { port } = await server(
      behave.say("-ERR unknown command 'AUTH', with args beginning with: 'hunter2'\r\n"),
    );
    const fault = await ask(port, { user: ':hunter2@' });
    expect(fault.code).toBe('auth');
    expect(JSON.stringify(fault)).not.toContain('hunter2');
  });

  it('and answers an error with control sequences is quoted without them', async () => {
    const { port } = await server(behave.say('-LOADING \u001b[2J\u001b]0;owned\u0007of data\r\n'));
    expect((await ask(port)).message).toBe('answered an error: LOADING of data');
  });

  it.each(['redis://:%zz-hunter2@h', 'redis://:hunter2@h/not-a-number', 'hunter2'])(
    'and has a URL that cannot be read is our trouble, without showing it: %s',
    async (url) => {
      const call = live().redis({ url, commands: [['PING']] }, within(1000));
      const fault = await faultOfCall(call);
      expect(fault).toMatchObject({ code: 'protocol', side: 'prober' });
      expect(JSON.stringify(fault)).not.toContain('hunter2');
    },
  );

  it('and speaks unasked between two rounds is asked anew', async () => {
    const talking = await server((socket) => {
      socket.once('data', () => socket.write('+PONG\r\n'));
    });
    const transports = live();
    const request = { url: `redis://127.0.0.1:${talking.port}`, commands: [['PING']] };
    await transports.redis(request, within(2000));
    talking.hangUp();
    expect((await transports.redis(request, within(2000))).replies).toEqual(['PONG']);
    expect(talking.connections()).toBe(2);
  });
});
