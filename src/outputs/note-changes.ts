/** The heading under which the changes are told, the last one of the machine part. */
export const changeHeading = '## Change log';
const mostChanges = 60;

/**
 * The lines of the change log: those of before, and what this look has found changed. Told by the lines
 * of the two machine parts: a fact by its name, a row by its first cell, a finding by its id.
 */
export function changeLog(
  was: readonly string[],
  now: readonly string[],
  day: string,
): readonly string[] {
  const kept = logOf(was);
  const before = was.slice(0, indexOfLog(was));
  if (before.length === 0) return [`- ${day}: first audit`];
  if (before.join('\n') === now.join('\n')) return kept;
  const [old, fresh] = [told(before), told(now)];
  const changes = [
    ...[...fresh].flatMap(([name, value]) => {
      const other = old.get(name);
      if (other === value) return [];
      return [other === undefined ? `${name}: new: ${value}` : `${name}: ${other} → ${value}`];
    }),
    ...[...old].flatMap(([name, value]) => (fresh.has(name) ? [] : [`${name}: gone: ${value}`])),
  ];
  return [...changes.map((change) => `- ${day}: ${change}`), ...kept].slice(0, mostChanges);
}

function indexOfLog(lines: readonly string[]): number {
  const at = lines.lastIndexOf(changeHeading);
  return at < 0 ? lines.length : at;
}

function logOf(lines: readonly string[]): readonly string[] {
  return lines.slice(indexOfLog(lines)).filter((line) => /^- \d{4}-\d\d-\d\d: /.test(line));
}

/** By their headings and names; of a table what stands in its cells, without commands and their words. */
function told(lines: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let heading = '';
  for (const line of lines) {
    const [, title] = /^#{2,3} (.*)$/.exec(line) ?? [];
    if (title !== undefined) heading = title;
    const [, name, value] =
      /^- \*\*(.+?)\*\*: ?(.*)$/.exec(line) ??
      /^\| (?!---|Service |Port |Finding |Crontab )(.+?) \| (.*) \|$/.exec(line) ??
      /^- (restart|stop|logs): (.*)$/.exec(line) ??
      [];
    if (name === undefined || value === undefined) continue;
    // Of a finding what it is called tells enough.
    const cells = value.split(' | ').slice(0, name.startsWith('`') ? 2 : undefined);
    let key = `${heading}, ${name}`;
    while (found.has(key)) key += ' (another)';
    found.set(key, cells.join(', '));
  }
  return found;
}
