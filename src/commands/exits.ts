/** What the exit codes say, in the order of the numbers; the last are sysexits(3). */
const exitWords = {
  0: 'done',
  1: 'failed',
  2: 'refused',
  3: 'failed and rolled back',
  4: 'failed and not fully rolled back',
  5: 'held by another',
  6: 'left, or become another one meanwhile',
  64: 'usage',
  70: 'a bug of ours',
  78: 'the inventory is wrong',
  130: 'interrupted',
} as const;

/** A number that a command ends with. */
export type EndCode = keyof typeof exitWords;

/** However it begins, a command may end with these. */
const exitsOfAll: readonly EndCode[] = [64, 70, 78, 130];

/** The codes of a command with their words; of all commands unless told. */
export function exitsText(
  own: readonly EndCode[] = [0, 1, 2, 5],
  words: Partial<Record<EndCode, string>> = {},
): string {
  const all = { ...exitWords, ...words };
  return [...own, ...exitsOfAll].map((code) => `${code} ${all[code]}`).join(', ');
}
