import { type KeyRow, keyRows, type Section, sectionTitles } from './key-sections.ts';

/** docs/keys.md, made of the keymaps. */
export function keysMarkdown(): string {
  const parts = (Object.keys(sectionTitles) as readonly Section[]).map(textOf);
  return [
    '# Keys of the cockpit',
    '',
    'Generated from `src/tui/*keymap.ts`; `npm test` says when it is out of date.',
    '',
    parts.join('\n'),
    'The filter works as you type: plain text is a case-insensitive substring (a regex when it has',
    'regex characters) of id, manager, state and note; `~text` is fuzzy over the name; `!text` inverts;',
    '`k:` `s:` `h:` narrow by manager, state and host, `!k:` `!s:` `!h:` to all others. `enter` keeps it,',
    'the first `esc` clears it.',
    '',
  ].join('\n');
}

function textOf(section: Section): string {
  const rows = keyRows(section).map(row);
  return [
    `## ${sectionTitles[section]}`,
    '',
    '| key | does | |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function row({ keys, words, later }: KeyRow): string {
  return `| ${keys.map((key) => `\`${key}\``).join(' ')} | ${words} | ${later ?? ''} |`;
}
