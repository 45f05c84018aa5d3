/** What `ssh -G NAME` prints (OpenSSH 6.8 and newer): a lower-case key and its value on each line. */
export type SshSettings = ReadonlyMap<string, readonly string[]>;

export function parseSettings(text: string): SshSettings {
  const pairs = text.split('\n').flatMap((line) => {
    const space = line.indexOf(' ');
    return space > 0 ? [{ key: line.slice(0, space), value: line.slice(space + 1).trim() }] : [];
  });
  const byKey = Map.groupBy(pairs, ({ key }) => key);
  return new Map([...byKey].map(([key, found]) => [key, found.map(({ value }) => value)]));
}

/** The first value of a key, null when it is not set; `none` and an empty value mean the same. */
export function settingOf(settings: SshSettings, key: string): string | null {
  const value = settings.get(key)?.[0] ?? '';
  return value === '' || value === 'none' ? null : value;
}

/** What stands for a place in the value of a setting (ssh_config(5), TOKENS). */
export interface Tokens {
  readonly home: string;
  readonly hostname: string;
  readonly alias: string;
  readonly port: number;
  readonly user: string;
  readonly localUser: string;
}

/** A path with `~/` and tokens filled in. */
export function expandPath(path: string, tokens: Tokens): string {
  const values: Readonly<Record<string, string>> = {
    '%': '%',
    d: tokens.home,
    h: tokens.hostname,
    n: tokens.alias,
    p: String(tokens.port),
    r: tokens.user,
    u: tokens.localUser,
  };
  const whole = path.startsWith('~/') ? `${tokens.home}${path.slice(1)}` : path;
  return whole.replaceAll(/%(.)/g, (token, letter: string) => values[letter] ?? token);
}
