import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  fingerprintOf,
  hostKeyAlgorithms,
  judgeHostKey,
  keyNamesOf,
} from '../../../src/transports/ssh/judge-host-key.ts';
import { parseKnownHosts } from '../../../src/transports/ssh/known-hosts.ts';

/** A key as it is sent: its type, then bytes that only have to differ. */
function keyOf(type: string, content: string): Buffer {
  const parts = [type, content].map((text) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(text));
    return Buffer.concat([length, Buffer.from(text)]);
  });
  return Buffer.concat(parts);
}

const ed = keyOf('ssh-ed25519', 'one');
const otherEd = keyOf('ssh-ed25519', 'two');
const rsa = keyOf('ssh-rsa', 'three');
const words = (key: Buffer): string =>
  `${key.toString('latin1', 4, 4 + key.readUInt32BE(0))} ${key.toString('base64')}`;

function hashed(name: string): string {
  const salt = Buffer.from('a salt of 20 bytes!!');
  const hash = createHmac('sha1', salt).update(name).digest('base64');
  return `|1|${salt.toString('base64')}|${hash}`;
}

interface Row {
  readonly title: string;
  readonly text: string;
  readonly host?: string;
  readonly port?: number;
  readonly alias?: string;
  readonly is: string;
}

const rows: readonly Row[] = [
  { title: 'its name', text: `box ${words(ed)}`, is: 'known' },
  { title: 'its name in other letters', text: `BOX ${words(ed)}`, host: 'Box', is: 'known' },
  { title: 'one of several names', text: `a,box,10.0.0.1 ${words(ed)} a comment`, is: 'known' },
  { title: 'tabs and leading blanks', text: `  box\t${words(ed)}`, is: 'known' },
  { title: 'a line with a carriage return', text: `box ${words(ed)}\r\n`, is: 'known' },
  { title: 'a name with its port', text: `[box]:2222 ${words(ed)}`, port: 2222, is: 'known' },
  { title: 'the bare name, on another port', text: `box ${words(ed)}`, port: 2222, is: 'known' },
  { title: 'another port’s name', text: `[box]:2223 ${words(ed)}`, port: 2222, is: 'unknown' },
  { title: 'a hashed name', text: `${hashed('box')} ${words(ed)}`, is: 'known' },
  {
    title: 'a hashed name with its port',
    text: `${hashed('[box]:2222')} ${words(ed)}`,
    port: 2222,
    is: 'known',
  },
  { title: 'another’s hash', text: `${hashed('bax')} ${words(ed)}`, is: 'unknown' },
  { title: 'a broken hash', text: `|1|x ${words(ed)}`, is: 'unknown' },
  { title: 'a star', text: `*.lan,b*x ${words(ed)}`, is: 'known' },
  { title: 'a question mark', text: `b?x ${words(ed)}`, is: 'known' },
  { title: 'a question mark for nothing', text: `box? ${words(ed)}`, is: 'unknown' },
  { title: 'a star but not this one', text: `*,!box ${words(ed)}`, is: 'unknown' },
  { title: 'not another one', text: `!bax,* ${words(ed)}`, is: 'known' },
  { title: 'only a negation', text: `!bax ${words(ed)}`, is: 'unknown' },
  { title: 'an alias', text: `al ${words(ed)}`, port: 2222, alias: 'AL', is: 'known' },
  { title: 'the name beside an alias', text: `box ${words(ed)}`, alias: 'al', is: 'unknown' },
  { title: 'another key of the same type', text: `box ${words(otherEd)}`, is: 'changed' },
  {
    title: 'the key as a second line',
    text: `box ${words(otherEd)}\nbox ${words(ed)}`,
    is: 'known',
  },
  { title: 'a key of another type', text: `box ${words(rsa)}`, is: 'unknown' },
  {
    title: 'another key of the bare name, on another port',
    text: `box ${words(otherEd)}`,
    port: 2222,
    is: 'unknown',
  },
  { title: 'a revoked key', text: `@revoked box ${words(ed)}`, is: 'revoked' },
  {
    title: 'a key that is known and revoked',
    text: `box ${words(ed)}\n@revoked * ${words(ed)}`,
    is: 'revoked',
  },
  {
    title: 'another revoked key',
    text: `box ${words(ed)}\n@revoked * ${words(otherEd)}`,
    is: 'known',
  },
  { title: 'an authority', text: `@cert-authority *.lan,box ${words(ed)}`, is: 'authority' },
  {
    title: 'an authority and the key itself',
    text: `@cert-authority * ${words(rsa)}\nbox ${words(ed)}`,
    is: 'known',
  },
  { title: 'a marker that nobody knows', text: `@trusted box ${words(ed)}`, is: 'unknown' },
  { title: 'a comment', text: `# box ${words(ed)}`, is: 'unknown' },
  {
    title: 'a type that is not the key’s',
    text: `box ssh-rsa ${words(ed).split(' ')[1]}`,
    is: 'unknown',
  },
  { title: 'no key', text: 'box ssh-ed25519', is: 'unknown' },
  { title: 'nothing', text: '', is: 'unknown' },
];

describe('A host’s key', () => {
  it.each(rows)('with $title in known_hosts is $is', (row) => {
    const { text, host = 'box', port = 22, alias = null, is } = row;
    const known = parseKnownHosts(text, 'known_hosts');
    expect(judgeHostKey(known, keyNamesOf(host, port, alias), ed).is).toBe(is);
  });

  it('is told with the line that speaks against it, and with the types that are known', () => {
    const lines = `# mine\nbox ${words(otherEd)}\nnas ${words(rsa)}\n`;
    const known = parseKnownHosts(lines, '/home/joel/.ssh/known_hosts');
    expect(judgeHostKey(known, ['box'], ed)).toEqual({
      is: 'changed',
      at: '/home/joel/.ssh/known_hosts:2',
    });
    expect(judgeHostKey(known, ['nas'], ed)).toEqual({ is: 'unknown', types: ['ssh-rsa'] });
  });

  it('is asked for by the types that the host is known by, and never signed with SHA-1', () => {
    const known = parseKnownHosts(`box ${words(rsa)}\n@revoked nas ${words(rsa)}`, 'x');
    expect(hostKeyAlgorithms(known, ['box']).slice(0, 3)).toEqual([
      'rsa-sha2-512',
      'rsa-sha2-256',
      'ssh-ed25519',
    ]);
    expect(hostKeyAlgorithms(known, ['nas'])[0]).toBe('ssh-ed25519');
    expect(hostKeyAlgorithms(known, ['[box]:2222', 'box'])[0]).toBe('rsa-sha2-512');
    expect(hostKeyAlgorithms(known, ['box'])).not.toContain('ssh-rsa');
  });

  it('is shown by its fingerprint as ssh-keygen prints it', () => {
    expect(fingerprintOf(ed)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  });

  it('that many stars stand against is judged in no time', () => {
    const known = parseKnownHosts(`${'*a'.repeat(200)}b ${words(ed)}`, 'x');
    const startedMs = performance.now();
    expect(judgeHostKey(known, ['a'.repeat(2000)], ed).is).toBe('unknown');
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });
});
