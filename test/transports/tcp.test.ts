import { afterEach, describe, expect, it } from 'vitest';
import { createLiveTransports } from '../../src/transports/live.ts';
import { type Behaving, neverAnswer, startBehaving } from '../support/behave.ts';
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

describe('A port', () => {
  it('that accepts is told at once, and the connection is closed', async () => {
    const silent = await server(neverAnswer);
    const answer = await transports.tcp({ host: '127.0.0.1', port: silent.port }, within(2000));
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
});
