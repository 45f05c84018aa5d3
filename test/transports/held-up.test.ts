import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/model/fault.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { type Behaving, neverAnswer, startBehaving } from '../support/behave.ts';
import { faultOfCall, get, within } from '../support/calls.ts';

const transports = createLiveTransports();
let silent: Behaving;

beforeAll(async () => {
  silent = await startBehaving(neverAnswer);
});

afterAll(async () => {
  await transports.close();
  await silent.stop();
});

/** Asks what never answers; resolves when the question is on its way. */
async function ask(timeoutMs: number): Promise<{ readonly fault: Promise<Fault> }> {
  const before = silent.connections();
  const fault = faultOfCall(transports.http(get(silent.url), within(timeoutMs)));
  await expect.poll(() => silent.connections(), { interval: 5 }).toBe(before + 1);
  return { fault };
}

/** Keeps this process from every turn of its own. */
function keepBusy(ms: number): void {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs);
}

describe('Silence while this process was held up', () => {
  it('is not the target’s: nothing was measured', async () => {
    const { fault } = await ask(1000);
    keepBusy(1100);
    expect(await fault).toEqual({
      code: 'aborted',
      side: 'prober',
      message: 'not measured: this machine was too busy to listen',
      hint: 'it is asked again; see what keeps the machine that joelclaw runs on busy: top',
    });
  });

  it('is the target’s when that was a small part of the time', async () => {
    const { fault } = await ask(2000);
    keepBusy(500);
    expect(await fault).toMatchObject({ code: 'timeout', side: 'target' });
  });

  it('is the target’s when it was held up before it asked', async () => {
    await ask(3000);
    keepBusy(1100);
    const { fault } = await ask(1000);
    expect(await fault).toMatchObject({ code: 'timeout', side: 'target' });
  });
});
