import { describe, expect, it } from 'vitest';
import { FaultError } from '../../src/model/errors.ts';
import { faultOf } from '../../src/model/fault.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Result } from '../../src/model/result.ts';
import type { TlsPeer } from '../../src/transports/contract.ts';
import { look, previousOf, verdictOf } from './look.ts';
import { peerOf } from './strict-transports.ts';

describe('a tcp check', () => {
  const spec = { host: 'localhost', port: 5432 };
  const tcp = (answer: object | Error): Promise<Result> =>
    look({ kind: 'tcp', spec, calls: [{ verb: 'tcp', request: spec, answer }] });

  it('is up when the port accepts', async () => {
    const result = await tcp({ latencyMs: 3 });
    expect(verdictOf(result)).toBe('up: :5432 accepts');
    expect(result.latencyMs).toBe(3);
  });

  it('is down when it refuses', async () => {
    const result = await tcp(new FaultError(faultOf('refused', 'connection refused')));
    expect(verdictOf(result)).toBe('down: connection refused');
    expect(result.latencyMs).toBeNull();
  });
});

function tls(peer: TlsPeer, more: { spec?: JsonObject; before?: Result } = {}): Promise<Result> {
  const request = { host: 'a.example', port: 443, servername: 'a.example' };
  return look({
    kind: 'tls',
    spec: { host: 'a.example', ...more.spec },
    calls: [{ verb: 'tls', request, answer: peer }],
    ...(more.before ? { previous: previousOf(more.before) } : {}),
  });
}

describe('a tls check', () => {
  it('is up with the day and the issuer, no number that moves by itself', async () => {
    const result = await tls(peerOf(60));
    expect(verdictOf(result)).toBe("up: valid until 2026-04-19, by Let's Encrypt E7");
    expect(result.facts).toMatchObject({ daysLeft: 60, subject: 'a.example' });
  });

  it('asks for the name that is wanted, its host unless told', async () => {
    const request = { host: 'localhost', port: 9443, servername: 'a.example' };
    const result = await look({
      kind: 'tls',
      spec: request,
      calls: [{ verb: 'tls', request, answer: peerOf(60) }],
    });
    expect(result.verdict.state).toBe('up');
  });

  it.each([
    ['CERT_HAS_EXPIRED', 'the certificate has expired on 2026-02-17'],
    ['CERT_NOT_YET_VALID', 'the certificate is not yet valid'],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'the certificate is for another name: it names b.example, not a.example',
    ],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'the certificate is self-signed'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'the chain ends in an unknown authority'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'the chain ends in an unknown authority'],
    [
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'its authority is unknown, or it sends no intermediate certificate',
    ],
    ['CERT_REVOKED', 'the certificate is revoked'],
    ['CERT_SIGNATURE_FAILURE', 'TLS failed (CERT_SIGNATURE_FAILURE)'],
    ['NEW_WORD', 'the certificate is not accepted (NEW_WORD)'],
  ])('with %s is down and says it in words', async (trouble, words) => {
    const { fault, verdict } = await tls(peerOf(-1, { trouble, names: ['b.example'] }));
    expect(fault).toMatchObject({ code: 'tls', message: words });
    expect(verdict).toEqual({ state: 'down', note: words });
  });

  it.each([
    [60, 'up', 'up'],
    [21, 'up', 'up'],
    [20, 'up', 'degraded'],
    [14, 'up', 'degraded'],
    [13, 'degraded', 'degraded'],
    [0, 'degraded', 'degraded'],
  ])(
    'with %i days left is %s after up and %s after degraded',
    async (days, afterUp, afterDegraded) => {
      const [wellBefore, illBefore] = [await tls(peerOf(60)), await tls(peerOf(5))];
      const states = [
        (await tls(peerOf(days), { before: wellBefore })).verdict.state,
        (await tls(peerOf(days), { before: illBefore })).verdict.state,
      ];
      expect(states).toEqual([afterUp, afterDegraded]);
    },
  );

  it('warns from the days that are wanted', async () => {
    expect((await tls(peerOf(29), { spec: { warnDays: 30, clearDays: 40 } })).verdict).toEqual({
      state: 'degraded',
      note: 'the certificate expires on 2026-03-19',
    });
  });
});
