import { ofPrograms } from './hide-by-program.ts';

/** Between an option and its value: in a shell, in a list of JSON, in a plist, in YAML. */
const apart = /(?:[ \t]+|=|["'],\s*["']|<\/string>\s*<string>|\n\s*-[ \t]+)/.source;
const value = /(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s"'<>]+)/.source;
/** What stands behind an option is the next one, unless it is as long and mixed as a key that begins with a dash. */
const noOption = /(?!-(?!(?=[\w-]{0,200}\d)(?=[\w-]{0,200}[A-Za-z])\w[\w-]{9}))/.source;
const secretOption =
  /(?<![\w-])--?[\w.-]{0,40}(?:token|secret|pass(?:w(?:or)?d|phrase|code)?|auth|key|credentials?|bearer|cookies?|jwt|(?<=[-_.])(?:pw|pwd|pat|psk|pin|sid|dsn))/
    .source;

/** What follows these is a secret: options by their name, and those of programs that are known for one. */
const patterns: readonly RegExp[] = [
  new RegExp(`(${secretOption}${apart})${noOption}${value}`, 'gi'),
  ...ofPrograms({ apart, value }),
];
/** `-u joel:...` of curl(1) and others; a user's and a group's number is none. */
const login = new RegExp(
  `((?<![\\w-])(?:-u|--(?:proxy-|http-)?user|--login)(?:${apart})?["']?[^\\s:"'<>]+:)` +
    `(?:(?<=["'][^\\s:"'<>]+:)[^"'\\n<]+|(?!//|\\d+(?!\\S))[^\\s"'<>]+)`,
  'g',
);
/** A header that lets in, whatever its scheme. */
const authorization =
  /(authorization["']?\s{0,9}[:=]\s{0,9}["']?)(?!\()(?:digest [^'\n]+|(?:[a-z][a-z-]{0,30} +)?[^\s"'<>]+)/gi;

/** A text of commands (a script, a unit, the arguments of a job) with `hidden` for each secret that stands in one. */
export function hideInCommands(text: string, hidden: string): string {
  return [...patterns, login, authorization].reduce(
    (left, one) => left.replace(one, `$1${hidden}`),
    text,
  );
}
