import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import type { SshAlias } from './found.ts';
import { type Looked, type Looking, orNothing, readOrNull } from './look.ts';
import { parseSshConfig } from './parse-ssh-config.ts';

const mostFiles = 50;

/** The hosts of ~/.ssh/config and of what it includes, one level deep; of two the first is taken. */
export function findAliases(looking: Looking): Promise<Looked<readonly SshAlias[]>> {
  const folder = join(looking.home, '.ssh');
  return orNothing<readonly SshAlias[]>('~/.ssh/config', [], async () => {
    const text = await readOrNull(looking, join(folder, 'config'));
    if (text === null) return { found: [], notLooked: ['~/.ssh/config: there is none'] };
    const { aliases, includes } = parseSshConfig(text, '~/.ssh/config');
    const more = await Promise.all(includes.map((pattern) => included(looking, folder, pattern)));
    const found = [...aliases, ...more.flatMap((one) => one.found)];
    const seen = new Set<string>();
    return {
      found: found.filter(({ alias }) => !seen.has(alias) && seen.add(alias)),
      notLooked: more.flatMap((one) => one.notLooked),
    };
  });
}

/** A relative pattern is one of ~/.ssh (ssh_config(5), Include). */
async function included(
  looking: Looking,
  folder: string,
  pattern: string,
): Promise<Looked<readonly SshAlias[]>> {
  const whole = pattern.startsWith('~/')
    ? join(looking.home, pattern.slice(2))
    : pattern.startsWith('/')
      ? pattern
      : join(folder, pattern);
  const files: string[] = [];
  for await (const file of glob(whole)) if (files.length < mostFiles) files.push(file);
  const read = await Promise.all(
    files.toSorted().map((file) =>
      orNothing<readonly SshAlias[]>(file, [], async () => {
        const text = await readOrNull(looking, file);
        return { found: parseSshConfig(text ?? '', file).aliases, notLooked: [] };
      }),
    ),
  );
  return {
    found: read.flatMap((one) => one.found),
    notLooked: read.flatMap((one) => one.notLooked),
  };
}
