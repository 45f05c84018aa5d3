/** Between an option and its value: in a shell, in a list of JSON, in a plist, in YAML. */
const apart = /(?:[ \t]+|=|["'],\s*["']|<\/string>\s*<string>|\n\s*-[ \t]+)/.source;
const value = /(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s"'<>]+)/.source;
const secretOption =
  /(?<![\w-])--?[A-Za-z0-9-]{0,40}(?:token|secret|pass(?:w(?:or)?d|phrase)?|auth|key|credentials?)/
    .source;

/** As far as options reach: a text that only begins again and again takes no longer for it. */
const between = '[^\\n|;&]{0,300}?';

/** What follows these is a secret: options by their name, and those of programs that are known for one. */
const patterns: readonly RegExp[] = [
  new RegExp(`(${secretOption}${apart})(?!-)${value}`, 'gi'),
  new RegExp(`(\\bredis-cli\\b${between}\\s-a${apart})${value}`, 'g'),
  new RegExp(`(\\b(?:mysql|mariadb)[\\w-]*[ \\t]${between}\\s-p)(?=\\S)${value}`, 'g'),
  new RegExp(`(\\b(?:sshpass|docker login)\\b${between}\\s-p[ \\t]*)${value}`, 'g'),
  new RegExp(`(\\b(?:requirepass|masterauth)[ \\t]+)${value}`, 'g'),
];
/** `-u joel:...` of curl(1) and others; a user's and a group's number is none. */
const login = new RegExp(
  `((?<![\\w-])(?:-u|--(?:proxy-)?user)(?:${apart})?["']?[^\\s:"'<>]+:)` +
    `(?:(?<=["'][^\\s:"'<>]+:)[^"'\\n<]+|(?!//|\\d+(?!\\S))[^\\s"'<>]+)`,
  'g',
);

/** A text of commands (a script, a unit, the arguments of a job) with `hidden` for each secret that stands in one. */
export function hideInCommands(text: string, hidden: string): string {
  return [...patterns, login].reduce((left, one) => left.replace(one, `$1${hidden}`), text);
}
