import type { FoundUnit } from './found.ts';

/** The units of `systemctl list-unit-files --plain --no-legend`; a template is none by itself. */
export function unitNames(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/)[0] ?? '')
    .filter((name) => /\.(service|timer)$/.test(name) && !name.includes('@.'));
}

interface Shown {
  readonly user: boolean;
  /** Where units lie that somebody has put there, each with a slash at its end. */
  readonly folders: readonly string[];
}

/** The units of `systemctl show -p Id,FragmentPath,Description` whose files lie in those folders. */
export function addedUnits(text: string, { user, folders }: Shown): readonly FoundUnit[] {
  return text.split(/\n\s*\n/).flatMap((block) => {
    const value = (key: string): string =>
      new RegExp(`^${key}=(.*)$`, 'm').exec(block)?.[1]?.trim() ?? '';
    const [unit, file] = [value('Id'), value('FragmentPath')];
    if (unit === '' || !folders.some((folder) => file.startsWith(folder))) return [];
    const said = value('Description');
    const description = said === unit ? '' : said;
    return [{ kind: 'systemd', unit, user, description, file } as const];
  });
}
