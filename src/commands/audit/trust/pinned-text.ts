import { keyTypeOf, parseKnownHosts } from '../../../transports/ssh/known-hosts.ts';

interface Pinning {
  /** As the lines are to name the host. */
  readonly name: string;
  readonly keys: readonly Buffer[];
  /** Of the host's lines these stay, beside what is pinned; null keeps all of them. */
  readonly keep: readonly Buffer[] | null;
}

/** joelclaw's known_hosts with the keys of one host in it, and every other line as it was. */
export function pinnedText(text: string, { name, keys, keep }: Pinning): string {
  const has = (list: readonly Buffer[], key: Buffer): boolean =>
    list.some((one) => one.equals(key));
  const isLeft = (line: string): boolean => {
    const [known] = parseKnownHosts(line, '');
    if (known?.marker !== 'none' || known.names.join() !== name) return true;
    return !has(keys, known.key) && (keep === null || has(keep, known.key));
  };
  const left = text.split('\n').filter((line) => line !== '' && isLeft(line));
  const added = keys.map((key) => `${name} ${keyTypeOf(key)} ${key.toString('base64')}`);
  return [...left, ...added].map((line) => `${line}\n`).join('');
}
