import { type Binding, keymap, sections, type Where } from './keymap.ts';

/** docs/keys.md, made of the keymap. */
export function keysMarkdown(): string {
  const parts = (Object.keys(sections) as readonly Where[]).map(section);
  return [
    '# Keys of the cockpit',
    '',
    'Generated from `src/tui/keymap.ts`; `npm test` says when it is out of date.',
    '',
    parts.join('\n'),
    'The filter works as you type: plain text is a case-insensitive substring (a regex when it has',
    'regex characters) of id, manager, state and note; `~text` is fuzzy over the name; `!text` inverts;',
    '`k:` `s:` `h:` narrow by manager, state and host. `enter` keeps it, the first `esc` clears it.',
    '',
  ].join('\n');
}

function section(where: Where): string {
  const rows = keymap.filter((binding) => binding.where === where).map(row);
  return [`## ${sections[where]}`, '', '| key | does | |', '|---|---|---|', ...rows, ''].join('\n');
}

function row({ keys, words, later }: Binding): string {
  return `| ${keys.map((key) => `\`${key}\``).join(' ')} | ${words} | ${later ?? ''} |`;
}
