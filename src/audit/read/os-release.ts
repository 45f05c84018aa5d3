/** os-release(5): assignments of a shell, whose values may be quoted. */
export function readOsRelease(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, key, value] = /^\s*([A-Z][A-Z0-9_]*)=(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) found.set(key, unquoted(value));
  }
  return found;
}

function unquoted(value: string): string {
  if (/^'.*'$/.test(value)) return value.slice(1, -1);
  const inner = /^".*"$/.test(value) ? value.slice(1, -1) : value;
  return inner.replace(/\\(.)/g, '$1');
}

/** What packages it has: Debian, and whatever is made of it. */
export function isOfDebian(release: ReadonlyMap<string, string>): boolean {
  const family = `${release.get('ID') ?? ''} ${release.get('ID_LIKE') ?? ''}`;
  return /\b(?:debian|ubuntu)\b/.test(family);
}
