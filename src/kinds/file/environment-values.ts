/** Places and tongues, which anybody may see: where PATH is wrong nothing is found. */
const openNames = 'PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_[A-Z]+|TZ|TERM|TMPDIR|NODE_ENV';
const isOpen = new RegExp(`^(?:${openNames})$`);
const environmentDict = /(<key>EnvironmentVariables<\/key>\s*<dict>)([\s\S]*?)(<\/dict>)/g;
const value = /(?:[^<]|<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->)*/.source;
const pair = new RegExp(`(<key>([^<]*)</key>\\s*<string>)(${value})(</string>)`, 'g');
const nameless = new RegExp(`<string>${value}</string>`, 'g');

/** An assignment to one of them, alone on its line, as a regular expression. */
export const openAssignment = `(?:${openNames})=[^\\s"'\\\\]*["']?[ \\t]*\\r?$`;

/** A job's text with `hidden` for each string in its environment but for places and tongues. */
export function hideEnvironment(text: string, hidden: string): string {
  return text.replace(environmentDict, (_all, before: string, dict: string, after: string) => {
    const shown = dict
      .replace(pair, (whole, head: string, name: string, _value: string, end: string) =>
        isOpen.test(name) ? whole.replace('<string>', '<open>') : `${head}${hidden}${end}`,
      )
      // A string that has no name.
      .replace(nameless, `<string>${hidden}</string>`)
      .replaceAll('<open>', '<string>');
    return `${before}${shown}${after}`;
  });
}

/** The names in the environments of two texts of a job whose values differ, in the order of the first. */
export function otherNames(one: string, other: string): readonly string[] {
  const [values, others] = [environmentIn(one), environmentIn(other)];
  return [...values].flatMap(([name, value]) => (others.get(name) === value ? [] : name));
}

function environmentIn(text: string): ReadonlyMap<string, string> {
  const dicts = [...text.matchAll(environmentDict)].map(([, , dict = '']) => dict);
  return new Map(
    dicts.flatMap((dict) =>
      [...dict.matchAll(pair)].map(([, , name = '', value = '']) => [name, value] as const),
    ),
  );
}
