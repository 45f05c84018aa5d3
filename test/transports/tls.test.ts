import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLiveTransports } from '../../src/transports/live.ts';
import { neverAnswer, startBehaving } from '../support/behave.ts';
import { type CaddyServer, startCaddy } from '../support/caddy-server.ts';
import { faultOfCall, get, within } from '../support/calls.ts';
import { describeTier } from '../support/tiers.ts';

const transports = createLiveTransports();
afterAll(transports.close);

const asked = {
  valid: 'valid.test',
  expired: 'expired.test',
  wrongName: 'valid.test',
  selfSigned: 'self.test',
} as const;

describeTier('caddy', 'Certificates of a real Caddy', () => {
  let caddy: CaddyServer;
  const usual = getCACertificates('default');
  beforeAll(async () => {
    caddy = await startCaddy();
  });
  afterAll(async () => {
    setDefaultCACertificates(usual);
    await caddy.stop();
  });

  const shake = (site: keyof typeof asked) =>
    transports.tls(
      { host: '127.0.0.1', port: caddy.ports[site], servername: asked[site] },
      within(5000),
    );
  const fetch = (site: keyof typeof asked, tls = {}) =>
    transports.http(
      get(`https://127.0.0.1:${caddy.ports[site]}/`, { tls: { servername: asked[site], ...tls } }),
      within(5000),
    );

  it('is accepted over http with its authority given as PEM text', async () => {
    const answer = await fetch('valid', { ca: caddy.certificates.ca });
    expect(answer).toMatchObject({ status: 200, body: '{"status":"running"}' });
  });

  it('is accepted over http by its address, which it names', async () => {
    const url = `https://127.0.0.1:${caddy.ports.valid}/`;
    const answer = await transports.http(
      get(url, { tls: { ca: caddy.certificates.ca } }),
      within(5000),
    );
    expect(answer.status).toBe(200);
  });

  it('is accepted over http whatever it is, when told to be insecure', async () => {
    expect((await fetch('selfSigned', { insecure: true })).status).toBe(200);
  });

  it.each([
    ['expired', 'the certificate has expired'],
    ['wrongName', 'the certificate is for another name'],
    ['selfSigned', 'the certificate is self-signed'],
  ] as const)('that is %s is a tls fault over http', async (site, message) => {
    const fault = await faultOfCall(fetch(site, { ca: caddy.certificates.ca }));
    expect(fault).toMatchObject({ code: 'tls', side: 'target', message });
  });

  it('of an unknown authority is a tls fault over http that says how to trust it', async () => {
    const fault = await faultOfCall(fetch('valid'));
    expect(fault).toMatchObject({
      code: 'tls',
      hint: 'trust its authority with tls.ca, a PEM file',
    });
  });

  it('is not blamed for a ca file that holds no certificate', async () => {
    const fault = await faultOfCall(fetch('valid', { ca: 'not PEM' }));
    expect(fault).toMatchObject({ code: 'tool-missing', side: 'prober' });
  });

  it('keeps its connection over http: five rounds take one', async () => {
    const fresh = createLiveTransports();
    const tls = { ca: caddy.certificates.ca, servername: asked.valid };
    for (let round = 0; round < 5; round++) {
      await fresh.http(get(`https://127.0.0.1:${caddy.ports.valid}/`, { tls }), within(5000));
    }
    expect(fresh.counts().connections).toBe(1);
    await fresh.close();
  });

  it('whose authority this machine does not know is told as trouble, not refused', async () => {
    const peer = await shake('valid');
    expect(peer.trouble).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(peer.names).toEqual(['valid.test', 'localhost', '127.0.0.1']);
  });

  it('of an authority that this machine trusts has no trouble, and tells its chain', async () => {
    setDefaultCACertificates([caddy.certificates.ca]);
    const peer = await shake('valid');
    expect(peer).toMatchObject({
      trouble: null,
      subject: 'valid.test',
      issuer: 'joelclaw test authority',
      chain: ['valid.test', 'joelclaw test authority'],
    });
    const leftDays = (Date.parse(peer.validTo) - Date.now()) / 86_400_000;
    expect(Math.round(leftDays)).toBe(90);
    expect(peer.validTo).toBe(new Date(peer.validTo).toISOString());
  });

  it('is accepted when it is asked by an address that it names', async () => {
    setDefaultCACertificates([caddy.certificates.ca]);
    const request = { host: 'localhost', port: caddy.ports.valid, servername: '127.0.0.1' };
    expect((await transports.tls(request, within(5000))).trouble).toBeNull();
  });

  it.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['wrongName', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ] as const)('that is %s says so in OpenSSL’s word', async (site, trouble) => {
    setDefaultCACertificates([caddy.certificates.ca]);
    expect((await shake(site)).trouble).toBe(trouble);
  });
});

describe('A TLS handshake', () => {
  it('with a server that never answers is a timeout', async () => {
    const silent = await startBehaving(neverAnswer);
    const request = { host: '127.0.0.1', port: silent.port, servername: 'x.test' };
    const fault = await faultOfCall(transports.tls(request, within(200)));
    expect(fault).toMatchObject({ code: 'timeout', message: 'no answer within 200 ms' });
    await silent.stop();
  });

  it('with a server that speaks plain text is a tls fault', async () => {
    const plain = await startBehaving(
      (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    const request = { host: '127.0.0.1', port: plain.port, servername: 'x.test' };
    expect(await faultOfCall(transports.tls(request, within(2000)))).toMatchObject({
      code: 'tls',
      message: 'answered something that is not TLS',
    });
    await plain.stop();
  });
});
