import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Previous } from '../../src/kinds/contract.ts';
import { FaultError } from '../../src/model/errors.ts';
import { faultOf } from '../../src/model/fault.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Part, Result } from '../../src/model/result.ts';
import { floodFault } from '../../src/transports/flood.ts';
import { look, previousOf, verdictOf } from './look.ts';
import { type Call, nowMs, said } from './strict-transports.ts';

const fixtures = new URL('../fixtures/tailscale/', import.meta.url);
const recorded = (name: string): string => readFileSync(new URL(name, fixtures), 'utf8');

const maxBytes = 8 * 1024 * 1024;
const usual = 'tailscale';
const elsewhere = [
  '/Applications/Tailscale.app/Contents/MacOS/Tailscale',
  '/usr/local/bin/tailscale',
  '/opt/homebrew/bin/tailscale',
];

const asked = (answer: object, program = usual): Call => ({
  verb: 'exec',
  request: { host: 'panda', argv: [program, 'status', '--json'], maxBytes },
  answer,
});

const missing = (program: string): Call =>
  asked(new FaultError(faultOf('tool-missing', `${program} is not installed`)), program);

/** Peers by the name that each host has on the tailnet. */
const spec = (...names: readonly string[]): JsonObject => ({
  peers: names.map((name, index) => ({ host: `host-${index + 1}`, name })),
});

interface Asked {
  readonly peers?: readonly string[];
  readonly previous?: Previous;
}

const statusOf = (text: string, { peers = [], ...more }: Asked = {}): Promise<Result> =>
  look({ kind: 'tailscale', spec: spec(...peers), calls: [asked(said(text))], ...more });

const partsOf = ({ parts }: Result): readonly string[] =>
  parts.map(({ id, verdict }) => `${id} ${verdict.state}: ${verdict.note}`);

const dayMs = 86_400_000;
const inDays = (days: number): string => new Date(nowMs + days * dayMs).toISOString();

/** A daemon that is well, with one peer, and what a test changes. */
const running = (self: JsonObject = {}, peer: JsonObject = {}, top: JsonObject = {}): string =>
  JSON.stringify({
    BackendState: 'Running',
    Self: { DNSName: 'panda.tail0.ts.net.', Online: true, ...self },
    Health: [],
    CurrentTailnet: { MagicDNSSuffix: 'tail0.ts.net' },
    Peer: { a: { DNSName: 'nas.tail0.ts.net.', Online: true, CurAddr: '10.0.0.2:41641', ...peer } },
    ...top,
  });

/** The one peer of `running` as a part. */
async function peerOf(peer: JsonObject, previous?: Previous): Promise<Part | undefined> {
  const more = previous ? { previous } : {};
  return (await statusOf(running({}, peer), { peers: ['nas'], ...more })).parts[0];
}

describe('what was recorded', () => {
  it.each([
    [
      '01-running-two-expired-offline-peers.redacted.json',
      "degraded: this machine's key expired on 2026-01-06: log in again",
      ['xiaomi-22031116ai', '100.126.211.22'],
      [
        'host-1 down: offline on tailscale, last seen 2025-07-10 14:06Z; its key expired on 2025-07-09: log in again',
        'host-2 down: offline on tailscale, last seen 2025-07-10 16:18Z; its key expired on 2025-07-09: log in again',
      ],
    ],
    [
      '02-running-health-warning-derp-relayed-mac-and-expired-ipad.redacted.json',
      'degraded: systemd-resolved and NetworkManager are wired together incorrectly; …',
      ['<mac>', '<ipad>'],
      [
        'host-1 up: online, relayed by fra',
        'host-2 down: offline on tailscale, last seen 2026-07-14 22:25Z; its key expired on 2026-07-18: log in again',
      ],
    ],
    [
      '03-self-is-exit-node-no-peers.redacted.json',
      'up: running as test-host',
      ['nas'],
      ['host-1 unknown: no peer is called nas: tailscale status names them'],
    ],
    [
      '04-running-with-peers.redacted-upstream.json',
      'up: running as redacted-host',
      ['peer-host1', 'peer-host2', 'redacted-peer-host3.tailnet', 'redacted-peer-host4'],
      [
        'host-1 down: offline on tailscale',
        'host-2 degraded: its key expired on 2026-01-24: log in again',
        'host-3 degraded: its key expired on 2025-12-23: log in again',
        'host-4 down: offline on tailscale',
      ],
    ],
  ])('%s is %s', async (name, verdict, peers, parts) => {
    const result = await statusOf(recorded(name), { peers });
    expect(verdictOf(result)).toBe(verdict);
    expect(partsOf(result)).toEqual(parts);
  });

  it('keeps of peers that are no hosts of ours nothing but their number', async () => {
    const name = '01-running-two-expired-offline-peers.redacted.json';
    const result = await statusOf(recorded(name), { peers: [] });
    expect(result.parts).toEqual([]);
    expect(result.facts).toMatchObject({ peers: 2, peersOnline: 0, hosts: [] });
    expect(JSON.stringify(result)).not.toMatch(/xiaomi|nodekey|user@example|192\.0\.2/);
  });
});

describe('the daemon of this machine', () => {
  it.each([
    ['Stopped', 'down: stopped: run `tailscale up`'],
    ['NeedsLogin', 'down: logged out: run `tailscale up`'],
    ['NoState', 'down: not started: run `tailscale up`'],
    ['NeedsMachineAuth', 'down: an admin of the tailnet must approve this machine'],
    ['InUseOtherUser', 'down: another user of this machine has it'],
    ['Starting', 'degraded: starting'],
    ['Hibernating', 'unknown: its state "Hibernating" is not known here'],
  ])('in state %s, its fields null, is %s', async (backend, verdict) => {
    const none = { TailscaleIPs: null, Health: null, Peer: null, CurrentTailnet: null, User: null };
    const result = await statusOf(JSON.stringify({ BackendState: backend, ...none, Self: null }), {
      peers: ['nas'],
    });
    expect(verdictOf(result)).toBe(verdict);
    expect(partsOf(result)).toEqual(['host-1 unknown: tailscale is not connected here']);
  });

  it('that is logged out because its key has expired says so', async () => {
    const self = { Expired: true, KeyExpiry: '2026-02-01T00:00:00Z' };
    const text = running(self, {}, { BackendState: 'NeedsLogin' });
    expect((await statusOf(text)).verdict.note).toContain(
      "this machine's key expired on 2026-02-01",
    );
  });

  it('that has lost the control plane does not know who is online', async () => {
    const result = await statusOf(running({ Online: false }, { Online: false }), {
      peers: ['nas'],
    });
    expect(verdictOf(result)).toBe('degraded: the control plane is not reached');
    expect(partsOf(result)).toEqual(['host-1 unknown: tailscale is not connected here']);
  });

  it.each([
    [['b is bad', 'a is bad'], 'a is bad (and 1 more)'],
    [['no network map for 2m15.5s'], 'no network map for a while'],
    [['got nothing in 1h0m3s, see docs'], 'got nothing in a while, see docs'],
  ])('with the warnings %j is degraded by what does not move', async (health, note) => {
    const result = await statusOf(running({}, {}, { Health: health }));
    expect(result.verdict).toEqual({ state: 'degraded', note });
    expect(result.facts['health']).toEqual(health);
  });

  it('reads zero times as unset, whoever bears them', async () => {
    const zero = { KeyExpiry: '0001-01-01T00:00:00Z', LastSeen: '0001-01-01T00:00:00Z' };
    const result = await statusOf(running(zero, { ...zero, Online: false }), { peers: ['nas'] });
    expect(verdictOf(result)).toBe('up: running as panda');
    expect(partsOf(result)).toEqual(['host-1 down: offline on tailscale']);
  });
});

describe('the program', () => {
  it('is looked for where launchd’s PATH does not lead', async () => {
    const calls = [
      missing(usual),
      missing(elsewhere[0] ?? ''),
      asked(said(running()), elsewhere[1]),
    ];
    const result = await look({ kind: 'tailscale', spec: {}, calls });
    expect(verdictOf(result)).toBe('up: running as panda');
  });

  it('that is nowhere is a missing tool: unknown', async () => {
    const calls = [usual, ...elsewhere].map(missing);
    const { fault, verdict } = await look({ kind: 'tailscale', spec: {}, calls });
    expect(fault).toMatchObject({ code: 'tool-missing', hint: expect.stringContaining('enabled') });
    expect(verdict.state).toBe('unknown');
  });

  it('that hangs is not looked for elsewhere', async () => {
    const calls = [asked(new FaultError(faultOf('timeout', 'tailscale did not end within 5 s')))];
    const { verdict } = await look({ kind: 'tailscale', spec: {}, calls });
    expect(verdict).toEqual({ state: 'unknown', note: 'tailscale did not end within 5 s' });
  });

  it.each([
    [
      "failed to connect to local tailscaled; it doesn't appear to be running (sudo systemctl start tailscaled ?)",
      'refused',
      'down: tailscaled does not run',
    ],
    ['The Tailscale GUI failed to start: CLError', 'refused', 'down: tailscaled does not run'],
    [
      'failed to connect to local tailscaled: dial unix: connect: permission denied',
      'forbidden',
      'unknown: tailscaled does not answer this user',
    ],
    [
      'unknown flag --json',
      'protocol',
      'unknown: tailscale status --json ended with 1 and no JSON: unknown flag --json',
    ],
    ['', 'protocol', 'unknown: tailscale status --json ended with 1 and no JSON'],
  ])('that says "%s" is a %s fault', async (stderr, code, verdict) => {
    const calls = [asked(said('', { exitCode: 1, stderr }))];
    const result = await look({ kind: 'tailscale', spec: spec('nas'), calls });
    expect([result.fault?.code, verdictOf(result)]).toEqual([code, verdict]);
    expect(result.parts).toEqual([]);
  });

  it('that exits with 1 and prints all the same is believed', async () => {
    const text = JSON.stringify({ BackendState: 'Stopped' });
    const calls = [asked(said(text, { exitCode: 1 }))];
    expect((await look({ kind: 'tailscale', spec: {}, calls })).verdict.state).toBe('down');
  });

  it('that prints more than can be read is not understood', async () => {
    const calls = [asked(new FaultError(floodFault('tailscale', maxBytes)))];
    const { fault } = await look({ kind: 'tailscale', spec: {}, calls });
    const message = 'tailscale said more than 8 MiB';
    expect(fault).toMatchObject({ code: 'protocol', side: 'prober', message });
  });

  it.each(['no json', '{"Version":"1.94"}'])(
    'that prints %s is to be looked at by hand',
    async (text) => {
      const { fault } = await look({ kind: 'tailscale', spec: {}, calls: [asked(said(text))] });
      expect(fault?.hint).toBe('see what it prints, by hand: tailscale status --json');
    },
  );
});

describe('a host as a peer', () => {
  it.each<[string, JsonObject, string]>([
    ['with an address in use', {}, 'up: online, direct'],
    [
      'active without one',
      { CurAddr: '', Active: true, Relay: 'fra' },
      'up: online, relayed by fra',
    ],
    [
      'active by way of a peer',
      { CurAddr: '', Active: true, PeerRelay: '10.0.0.9:7', Relay: 'fra' },
      'up: online, relayed by another peer',
    ],
    ['idle', { CurAddr: '', Active: false, Relay: 'fra' }, 'up: online'],
    ['of which nothing is told', { Online: null }, 'unknown: not told whether it is online'],
    ['whose key never ends', { KeyExpiry: null }, 'up: online, direct'],
    ['15 days before its key ends', { KeyExpiry: inDays(15) }, 'up: online, direct'],
    ['13 days before', { KeyExpiry: inDays(13) }, 'degraded: its key expires on 2026-03-03'],
    [
      '2 days before',
      { KeyExpiry: inDays(2) },
      'degraded: its key expires within 3 days, on 2026-02-20',
    ],
    ['with an end that nobody tells', { Expired: true }, 'degraded: its key expired: log in again'],
  ])('%s is as told', async (_title, peer, verdict) => {
    const part = await peerOf(peer);
    expect(`${part?.verdict.state}: ${part?.verdict.note}`).toBe(verdict);
    expect(part).toMatchObject({ id: 'host-1', kind: 'peer', name: 'nas' });
  });

  it('brings what the cockpit shows', async () => {
    const part = await peerOf({ OS: 'linux', Relay: 'fra', TailscaleIPs: ['100.1.2.3'] });
    expect(part?.facts).toMatchObject({
      online: true,
      direct: true,
      relay: 'fra',
      ip: '100.1.2.3',
      os: 'linux',
      keyExpiry: null,
    });
  });

  it('is known by its unique name or its address, never by HostName', async () => {
    const Peer = {
      a: { HostName: 'nas', DNSName: 'phone.tail0.ts.net.', Online: false },
      b: { HostName: 'localhost', DNSName: 'NAS.other.ts.net.', Online: false },
      c: { HostName: 'localhost', DNSName: 'nas.tail0.ts.net.', Online: true },
      d: { DNSName: 'nas-1.tail0.ts.net.', TailscaleIPs: ['100.1.2.3'], Online: true },
    };
    const peers = ['nas', 'Nas.Other.ts.net.', '100.1.2.3', 'localhost'];
    const result = await statusOf(running({}, {}, { Peer }), { peers });
    expect(result.parts.map(({ verdict }) => verdict.state)).toEqual([
      'up',
      'down',
      'up',
      'unknown',
    ]);
  });

  it.each([
    [[15], 'up'],
    [[13], 'degraded'],
    [[13, 20], 'degraded'],
    [[13, 20, 21], 'up'],
    [[13, 21, 20], 'up'],
    [[20], 'up'],
  ])(
    'with %j days left, sample after sample, ends %s, as this machine does',
    async (days, state) => {
      let last: Result | undefined;
      for (const left of days) {
        const key = { KeyExpiry: inDays(left + 0.5) };
        last = await statusOf(running(key, key), {
          peers: ['nas'],
          ...(last ? { previous: previousOf(last) } : {}),
        });
      }
      expect([last?.verdict.state, last?.parts[0]?.verdict.state]).toEqual([state, state]);
    },
  );
});

describe('whatever it prints', () => {
  const anyStatus = fc.record(
    {
      BackendState: fc.oneof(fc.constantFrom('Running', 'Stopped'), fc.jsonValue()),
      Self: fc.oneof(
        fc.record({ Online: fc.jsonValue(), DNSName: fc.jsonValue() }),
        fc.jsonValue(),
      ),
      Health: fc.jsonValue(),
      CurrentTailnet: fc.jsonValue(),
      Peer: fc.oneof(
        fc.dictionary(
          fc.string(),
          fc.record(
            {
              DNSName: fc.oneof(fc.constant('nas.'), fc.jsonValue()),
              TailscaleIPs: fc.jsonValue(),
              Online: fc.oneof(fc.boolean(), fc.jsonValue()),
              KeyExpiry: fc.oneof(fc.string(), fc.jsonValue()),
            },
            { requiredKeys: [] },
          ),
        ),
        fc.jsonValue(),
      ),
    },
    { requiredKeys: [] },
  );
  const anyText = fc.oneof(
    anyStatus.map((status) => JSON.stringify(status)),
    fc.string(),
    fc.nat(4000).map((end) => running().slice(0, end)),
  );

  it('is never our bug, and up only when it says Running', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const { verdict, parts, fault } = await statusOf(text, { peers: ['nas'] });
        expect(verdict.note).not.toContain('our bug');
        if (verdict.state === 'up') expect(text).toContain('"Running"');
        if (parts[0]?.verdict.state === 'up') expect(text).toContain('"Running"');
        expect(parts.length).toBe(fault ? 0 : 1);
      }),
      { numRuns: 400 },
    );
  });
});
