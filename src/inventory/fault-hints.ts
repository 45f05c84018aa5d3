/** What to try where a value is not of its form, by the words in which its schema says so. */
const hints: readonly (readonly [RegExp, string])[] = [
  [/http or https URL/, 'http://localhost:8080/'],
  [/redis:\/\/ or/, 'redis://localhost:6379'],
  [/regular expression/, 'a pattern such as ^ok$'],
  [/name of a unit/, 'web.service'],
  [/not a name of letters/, 'a name such as web-1'],
  [/duration|between \d+\w+ and \d+\w+$/, '10s'],
  [/begins with \/ or ~\//, '~/file'],
  [/path below \//, '/mnt/nas'],
  [/mount point/, '/'],
  [/method in capitals/, 'GET'],
  [/^is not statefulset/, 'deployment/web'],
  [/mode such/, '"0644"'],
];

/** A hint for every message of the schema: what it says itself is missing is its own key. */
export function hintFor(message: string, key: PropertyKey | undefined): string {
  if (message.startsWith('is missing') && typeof key === 'string') return `${key}: …`;
  const known = hints.find(([words]) => words.test(message));
  return known?.[1] ?? 'what `joelclaw schema` says of it';
}
