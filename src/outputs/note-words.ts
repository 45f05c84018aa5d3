import { hideSecrets } from '../model/hide-secrets.ts';
import { longestCommand, plainText } from '../model/plain-text.ts';
import { withoutPublicAddresses } from '../model/private-address.ts';

/** Remote text as one line without secrets and without addresses that the internet routes. */
function safe(text: string, maxLength = 300): string {
  return withoutPublicAddresses(hideSecrets(plainText(text, maxLength)));
}

/** Remote text within Markdown of Obsidian: no link, tag, comment, code, HTML, formula or cell comes of it. */
export function noteText(text: string): string {
  return safe(text)
    .replace(/[\\`*[\]|#$~=%^]/g, '\\$&')
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** A command to be copied, also within a cell of a table. */
export function noteCode(text: string): string {
  const plain = safe(text, longestCommand).replaceAll('`', "'").replaceAll('<!--', '<! --');
  return plain === '' ? '' : `\`${plain.replaceAll('|', '\\|')}\``;
}

const asIs = /^[A-Za-z][\w./+()-]*(?: [\w./+()-]+)*$/;
const day = /^\d{4}-\d\d-\d\d$/;
const words = /^(?:yes|no|on|off|y|n|true|false|null|nan|inf)$/i;

/** A value of the frontmatter: plain where YAML reads it as it stands, else in double quotes; no link. */
export function noteValue(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = safe(value).replaceAll('[[', '[ [').replaceAll(']]', '] ]');
  const isPlain = day.test(text) || (asIs.test(text) && !words.test(text));
  return isPlain ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}
