import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FaultError } from '../../src/model/errors.ts';
import type { Fault } from '../../src/model/fault.ts';
import type { CallOptions } from '../../src/transports/contract.ts';
import { hasTier } from '../support/tiers.ts';
import { type Ground, labGround, liveGround, type Target } from './grounds.ts';

const liveRuns = (['redis', 'caddy', 'sshd'] as const).every(hasTier);

/** What a rejected call brings: anything but a FaultError breaks the contract. */
async function faultOfCall(call: Promise<unknown>): Promise<Fault> {
  const error = await call.then(
    () => new Error('it answered'),
    (reason: unknown) => reason,
  );
  if (error instanceof FaultError) return error.fault;
  throw error;
}

function contract(openGround: () => Promise<Ground>): void {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround();
  });
  afterAll(() => ground.stop());

  const options = (timeoutMs = 5000): CallOptions => ({
    timeoutMs,
    signal: new AbortController().signal,
  });
  const url = ({ host, port, path }: Target): string => `http://${host}:${port}${path}`;

  test('http brings status, lower-case headers, the body and a latency', async () => {
    const answer = await ground.transports.http(ground.http, options());
    expect(answer).toMatchObject({ status: 200, truncated: false });
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(JSON.parse(answer.body)).toMatchObject({ status: 'running' });
    expect(answer.latencyMs).toBeGreaterThan(0);
  });

  test('redis answers PING and INFO on one connection', async () => {
    const { transports, redisUrl } = ground;
    const { replies } = await transports.redis(
      { url: redisUrl, commands: [['PING'], ['INFO']] },
      options(),
    );
    expect(replies[0]).toBe('PONG');
    expect(replies[1]).toMatch(/^redis_version:\d+\./m);
    expect(replies[1]).toMatch(/^used_memory:\d+\r?$/m);
  });

  test('tls brings the certificate with RFC 3339 times and plain names', async () => {
    const peer = await ground.transports.tls(ground.tls, options());
    expect(peer.names).toContain(ground.tls.servername);
    for (const at of [peer.validFrom, peer.validTo]) expect(at).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(peer.chain.length).toBeGreaterThan(0);
    expect(peer.subject).not.toContain('CN=');
  });

  test('who asks has a number', async () => {
    const { uid } = await ground.transports.machine(ground.here, options());
    expect(Number.isInteger(uid)).toBe(true);
    expect(ground.transports.hostname).not.toBe('');
  });

  test('exec brings exit code and output', async () => {
    const { here, program, transports } = ground;
    const output = await transports.exec({ on: here, argv: program }, options());
    expect(output).toMatchObject({ exitCode: 0, signal: null, stderr: '', truncated: false });
    expect(output.stdout.trim()).not.toBe('');
  });

  test('exec, readFile and machine reach a host over ssh as they reach this one', async () => {
    const { there, here, program, transports } = ground;
    if (!there) return;
    const argv = program;
    const [far, near] = await Promise.all(
      [there, here].map((on) => transports.exec({ on, argv }, options())),
    );
    expect(far).toEqual(near);
    expect(await transports.machine(there, options())).toEqual(
      await transports.machine(here, options()),
    );
    expect(await transports.readFile(there, '/etc/passwd', options())).toBe(
      await transports.readFile(here, '/etc/passwd', options()),
    );
    for (const on of [there, here]) {
      const missing = transports.exec({ on, argv: ['joelclaw-no-such'] }, options());
      expect(await faultOfCall(missing)).toMatchObject({ code: 'tool-missing', side: 'prober' });
      const none = transports.readFile(on, '/joelclaw/none', options());
      expect(await faultOfCall(none)).toMatchObject({ code: 'not-found', side: 'prober' });
    }
  });

  test('a refused connection is the fault `refused`, in the same words for every verb', async () => {
    const { transports, refusing } = ground;
    const { host, port } = refusing;
    const faults = await Promise.all([
      faultOfCall(transports.http({ ...ground.http, url: url(refusing) }, options())),
      faultOfCall(transports.tcp(refusing, options())),
    ]);
    for (const fault of faults) {
      expect(fault).toMatchObject({ code: 'refused', side: 'target' });
      expect(fault.message).toBe(`connection refused by ${host}:${port}`);
    }
  });

  test('a silent server is the fault `timeout`, at the deadline and not before', async () => {
    const { transports, silent } = ground;
    const startedMs = transports.clock.monotonicMs();
    const request = { ...ground.http, url: url(silent) };
    const fault = await faultOfCall(transports.http(request, options(1000)));
    expect(fault).toMatchObject({
      code: 'timeout',
      side: 'target',
      message: 'no answer within 1 s',
    });
    expect(transports.clock.monotonicMs() - startedMs).toBeGreaterThanOrEqual(990);
  });

  test('an aborted call rejects at once with the fault `aborted`', async () => {
    const { transports, silent } = ground;
    const ending = new AbortController();
    const call = transports.http(
      { ...ground.http, url: url(silent) },
      { timeoutMs: 60_000, signal: ending.signal },
    );
    ending.abort();
    expect(await faultOfCall(call)).toMatchObject({ code: 'aborted', side: 'prober' });
  });

  test('an aborted sleep rejects, and another ends on its own', async () => {
    const { clock } = ground.transports;
    const ending = new AbortController();
    const long = clock.sleep(60_000, ending.signal);
    ending.abort(new Error('enough'));
    await expect(long).rejects.toThrow('enough');
    const beforeMs = clock.monotonicMs();
    await clock.sleep(20, new AbortController().signal);
    expect(clock.monotonicMs() - beforeMs).toBeGreaterThanOrEqual(18);
  });

  test('chance lies within [0, 1)', () => {
    const drawn = Array.from({ length: 100 }, () => ground.transports.clock.random());
    expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(new Set(drawn).size).toBeGreaterThan(90);
  });
}

describe('the transports over the lab', () => contract(labGround));
describe.runIf(liveRuns)('the transports over real servers [redis] [caddy] [sshd]', () =>
  contract(liveGround),
);
