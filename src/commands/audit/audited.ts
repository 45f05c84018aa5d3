import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** When each host was last audited, RFC 3339; a host that never was is not in it. */
export type Audited = Readonly<Record<string, string>>;

const stored = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-[a-z0-9]+\.json$/;

/** By the names of what is stored: no audit is read for it. */
export async function readAudited(stateFolder: string): Promise<Audited> {
  const folder = join(stateFolder, 'audits');
  const hosts = await namesIn(folder);
  const found = await Promise.all(
    hosts.map(async (host) => [host, newestOf(await namesIn(join(folder, host)))] as const),
  );
  return Object.fromEntries(found.flatMap(([host, at]) => (at === null ? [] : [[host, at]])));
}

function newestOf(names: readonly string[]): string | null {
  const newest = names
    .filter((name) => stored.test(name))
    .toSorted()
    .at(-1);
  return newest?.replace(stored, '$1-$2-$3T$4:$5:$6Z') ?? null;
}

/** What cannot be read is as good as nothing stored. */
function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
