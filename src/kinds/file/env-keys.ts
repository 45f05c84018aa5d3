const assignment = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*/;
const keyBlock = /-----BEGIN [A-Z ]+-----[\s\S]*?-----END [A-Z ]+-----/g;

/**
 * The names that a `.env` file sets as Node and bun read it, each once, in its order. Values are never
 * looked at but for where they end.
 */
export function envKeys(text: string): readonly string[] {
  return namesIn(text, heightForNode);
}

/**
 * Of these the ones that may be shown and kept: systemd lets values go on where Node does not, and a
 * line that some reader takes for a piece of a value is no name.
 */
export function shownEnvKeys(text: string): readonly string[] {
  const others = new Set(namesIn(text, heightForSystemd));
  return envKeys(text).filter((key) => others.has(key));
}

/** How many lines a value takes; it begins in the first of them. */
type Height = (value: string) => number;

function namesIn(text: string, heightOf: Height): readonly string[] {
  const lines = text.replace(keyBlock, '').split(/\r?\n/);
  const names = new Set<string>();
  for (let index = 0; index < lines.length; ) {
    const line = lines[index] ?? '';
    const [head = '', name] = assignment.exec(line) ?? [];
    if (name === undefined) {
      index += 1;
      continue;
    }
    names.add(name);
    index += heightOf([line.slice(head.length), ...lines.slice(index + 1)].join('\n'));
  }
  return [...names];
}

/** From a quote to the next one like it; without that one a value ends with its line. */
function heightForNode(value: string): number {
  const [quote = ''] = value;
  const end = /["'`]/.test(quote) ? value.indexOf(quote, 1) : -1;
  return linesOf(value.slice(0, Math.max(end, 0)));
}

/** A `\` takes the next character with it, the end of a line too; a quote that stays open ends nowhere. */
const whole = /^(?:"(?:[^"\\]|\\[\s\S])*(?:"|$)|'[^']*(?:'|$)|`[^`]*(?:`|$))?(?:[^\n\\]|\\[\s\S])*/;

function heightForSystemd(value: string): number {
  return linesOf(whole.exec(value)?.[0] ?? '');
}

function linesOf(text: string): number {
  return text.split('\n').length;
}
