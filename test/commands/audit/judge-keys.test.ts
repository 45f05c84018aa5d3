import { describe, expect, it } from 'vitest';
import { judgeKeys, staleLines } from '../../../src/commands/audit/trust/judge-keys.ts';
import { pinnedText } from '../../../src/commands/audit/trust/pinned-text.ts';
import { keysOfPeer } from '../../../src/commands/audit/trust/tailscale-keys.ts';
import { fingerprintOf } from '../../../src/transports/ssh/judge-host-key.ts';
import { parseKnownHosts } from '../../../src/transports/ssh/known-hosts.ts';

/** A key as it goes over the wire: its type, then anything. */
function keyOf(type: string, body: string): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(type.length);
  return Buffer.concat([head, Buffer.from(type), Buffer.from(body)]);
}
const line = (name: string, key: Buffer, type: string): string =>
  `${name} ${type} ${key.toString('base64')}`;
const ed = keyOf('ssh-ed25519', 'one');
const edOther = keyOf('ssh-ed25519', 'two');
const rsa = keyOf('ssh-rsa', 'three');

function judged(
  keys: readonly Buffer[],
  pinned: string,
  others = '',
  ofTailscale: readonly Buffer[] = [],
) {
  const before = {
    names: ['[box]:2222', 'box'] as const,
    pinned: parseKnownHosts(pinned, 'own'),
    others: parseKnownHosts(others, 'known'),
    ofTailscale,
  };
  return {
    told: judgeKeys(keys, before).map(({ state, was }) => [state, ...was].join(' ')),
    stale: staleLines(keys, before),
  };
}

describe('the keys that a host shows', () => {
  it.each<readonly [string, readonly Buffer[], string, string, readonly string[]]>([
    ['nobody knows', [ed, rsa], '', '', ['new', 'new']],
    ['are pinned', [ed], line('[box]:2222', ed, 'ssh-ed25519'), '', ['pinned']],
    ['others know', [ed], '', line('box', ed, 'ssh-ed25519'), ['known']],
    [
      'are others of the same type',
      [edOther],
      line('[box]:2222', ed, 'ssh-ed25519'),
      '',
      [`changed ${fingerprintOf(ed)}`],
    ],
    [
      'are of another type, and the known one is not among them',
      [rsa],
      line('[box]:2222', ed, 'ssh-ed25519'),
      '',
      [`changed ${fingerprintOf(ed)}`],
    ],
    [
      'are one more beside the known one',
      [ed, rsa],
      line('[box]:2222', ed, 'ssh-ed25519'),
      '',
      ['pinned', 'new'],
    ],
    [
      'are revoked by another file',
      [ed],
      line('[box]:2222', ed, 'ssh-ed25519'),
      `@revoked ${line('*', ed, 'ssh-ed25519')}`,
      ['revoked known:1'],
    ],
  ])('%s', (_, keys, pinned, others, told) => {
    expect(judged(keys, pinned, others).told).toEqual(told);
  });

  it('leave lines behind that still let another one in', () => {
    const others = ['# x', line('[box]:2222', edOther, 'ssh-ed25519')].join('\n');
    expect(judged([ed], '', others).stale).toEqual(['known:2']);
  });
});

describe('joelclaw’s own known_hosts', () => {
  const own = `# mine\n${line('[box]:2222', edOther, 'ssh-ed25519')}\n${line('[box]:2222', rsa, 'ssh-rsa')}\n@revoked ${line('[box]:2222', ed, 'ssh-ed25519')}\n${line('nas', ed, 'ssh-ed25519')}\n`;
  it('gets one line more, and every other one stays', () => {
    const text = pinnedText(own, { name: '[box]:2222', keys: [ed], keep: null });
    expect(text).toBe(`${own}${line('[box]:2222', ed, 'ssh-ed25519')}\n`);
    expect(pinnedText(text, { name: '[box]:2222', keys: [ed], keep: null })).toBe(text);
  });
  it('loses what its host no longer shows, where it is replaced', () => {
    const text = pinnedText(own, { name: '[box]:2222', keys: [ed], keep: [ed, rsa] });
    expect(text.split('\n')).not.toContain(line('[box]:2222', edOther, 'ssh-ed25519'));
    expect(text.split('\n')).toContain(line('[box]:2222', rsa, 'ssh-rsa'));
    expect(text.split('\n').filter((one) => one.startsWith('@revoked'))).toHaveLength(1);
  });
});

it('takes Tailscale’s word for one peer alone', () => {
  const peer = (DNSName: string, key: Buffer) => ({
    ...{ DNSName, TailscaleIPs: ['100.64.0.7'] },
    sshHostKeys: [`ssh-ed25519 ${key.toString('base64')}`],
  });
  const one = {
    Peer: { a: peer('box.t.ts.net.', ed), b: { ...peer('nas.t.ts.net.', rsa), TailscaleIPs: [] } },
  };
  expect(keysOfPeer(one, ['box'])).toEqual([ed]);
  expect(keysOfPeer(one, ['100.64.0.7'])).toEqual([ed]);
  expect(keysOfPeer(one, ['other'])).toEqual([]);
  expect(keysOfPeer(one, ['box', 'nas'])).toEqual([]);
  for (const none of [null, {}, { Peer: null }, { Peer: { a: 'x' } }]) {
    expect(keysOfPeer(none, ['box'])).toEqual([]);
  }
});
