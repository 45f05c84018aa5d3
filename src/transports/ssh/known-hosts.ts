import { createHmac } from 'node:crypto';

/** One line of a known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
export interface KnownHost {
  readonly marker: 'none' | 'revoked' | 'cert-authority';
  /** Names, patterns and hashes as written, divided at commas. */
  readonly names: readonly string[];
  /** The key as it is sent over the wire; it begins with its own type. */
  readonly key: Buffer;
  /** `file:line`, for messages. */
  readonly place: string;
}

const markers: Readonly<Record<string, KnownHost['marker']>> = {
  '@revoked': 'revoked',
  '@cert-authority': 'cert-authority',
};

/** What is not a line of the format is passed over, as OpenSSH does. */
export function parseKnownHosts(text: string, file: string): readonly KnownHost[] {
  return text.split('\n').flatMap((line, index) => {
    const known = parseLine(line.trim(), `${file}:${index + 1}`);
    return known ? [known] : [];
  });
}

function parseLine(line: string, place: string): KnownHost | null {
  if (line === '' || line.startsWith('#')) return null;
  const words = line.split(/[ \t]+/);
  const marker = words[0]?.startsWith('@') ? markers[words.shift() ?? ''] : 'none';
  const [names = '', type = '', base64 = ''] = words;
  const key = Buffer.from(base64, 'base64');
  if (marker === undefined || keyTypeOf(key) !== type) return null;
  return { marker, names: names.split(','), key, place };
}

/** The type that a key says of itself: a string with its length before it; empty when there is none. */
export function keyTypeOf(key: Buffer): string {
  if (key.length < 4) return '';
  return key.toString('latin1', 4, 4 + key.readUInt32BE(0));
}

/** Whether a line is about this name, which is lower-case; a `!name` that matches wins. */
export function isAbout({ names }: KnownHost, name: string): boolean {
  let about = false;
  for (const pattern of names) {
    if (pattern.startsWith('!')) {
      if (matches(pattern.slice(1), name)) return false;
    } else {
      about ||= matches(pattern, name);
    }
  }
  return about;
}

function matches(pattern: string, name: string): boolean {
  if (pattern.startsWith('|1|')) return matchesHash(pattern, name);
  return matchesGlob(pattern.toLowerCase(), name);
}

/** `|1|salt|hash`, where hash = HMAC-SHA1(key = salt, name), both in base64. */
function matchesHash(hashed: string, name: string): boolean {
  const [, , salt = '', hash = ''] = hashed.split('|');
  const wanted = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
  return wanted.equals(Buffer.from(hash, 'base64'));
}

/** `*` is any run of characters, `?` any one; linear in time, whatever the pattern. */
function matchesGlob(pattern: string, name: string): boolean {
  let [at, in_, star, resume] = [0, 0, -1, 0];
  while (in_ < name.length) {
    if (pattern[at] === '*') {
      star = at++;
      resume = in_;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[in_])) {
      at++;
      in_++;
    } else if (star >= 0) {
      at = star + 1;
      in_ = ++resume;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}
