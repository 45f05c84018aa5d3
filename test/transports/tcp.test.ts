import { afterEach, describe, expect, it } from 'vitest';
import { createLiveTransports } from '../../src/transports/live.ts';
import { type Behaving, drip, neverAnswer, startBehaving } from '../support/behave.ts';
import { faultOfCall, within } from '../support/calls.ts';
import { freePort } from '../support/free-port.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

const transports = createLiveTransports();

async function server(how: Parameters<typeof startBehaving>[0]): Promise<Behaving> {
  const started = await startBehaving(how);
  stops.push(started.stop);
  return started;
}

function banner(port: number, timeoutMs = 2000) {
  return transports.tcp({ host: '127.0.0.1', port, banner: true }, within(timeoutMs));
}

describe('A port', () => {
  it('that accepts is told at once, and the connection is closed', async () => {
    const silent = await server(neverAnswer);
    const answer = await transports.tcp({ host: '127.0.0.1', port: silent.port }, within(2000));
    expect(answer.banner).toBe('');
    expect(answer.latencyMs).toBeLessThan(2000);
    if (silent.open() > 0) await silent.nextClosed();
  });

  it('that refuses is refused', async () => {
    const port = await freePort();
    const fault = await faultOfCall(transports.tcp({ host: '127.0.0.1', port }, within(2000)));
    expect(fault).toMatchObject({
      code: 'refused',
      message: `connection refused by 127.0.0.1:${port}`,
    });
  });

  it('greets with its first line, without the line end', async () => {
    const { port } = await server((socket) => void socket.write('SSH-2.0-OpenSSH_9\r\nmore\r\n'));
    expect((await banner(port)).banner).toBe('SSH-2.0-OpenSSH_9');
  });

  it('that greets without end is cut at 255 bytes', async () => {
    const { port } = await server((socket) => void socket.write('x'.repeat(100_000)));
    expect((await banner(port)).banner).toBe('x'.repeat(255));
  });

  it('that hangs up after half a line has greeted with that', async () => {
    const { port } = await server((socket) => void socket.end('SSH-2.0'));
    expect((await banner(port)).banner).toBe('SSH-2.0');
  });

  it('that hangs up without a word is a protocol fault', async () => {
    const { port } = await server((socket) => void socket.end());
    expect(await faultOfCall(banner(port))).toMatchObject({ code: 'protocol' });
  });

  it('that never greets, or drips, is late', async () => {
    const silent = await server(neverAnswer);
    expect((await faultOfCall(banner(silent.port, 150))).message).toBe('no answer within 150 ms');
    const dripping = await server(drip('S'));
    expect((await faultOfCall(banner(dripping.port, 150))).message).toBe(
      'no whole answer within 150 ms',
    );
  });
});
