import { mayTakeSecret } from '../../model/hide-by-program.ts';
import { hideOddWords } from '../../model/hide-odd-words.ts';
import { hidden, hideInLog, hideSecrets } from '../../model/hide-secrets.ts';

/** Tables of names and numbers: a user may be called `token`, and its line is no secret for it. */
const plainTables: ReadonlySet<string> = new Set([
  ...['passwd', 'admins', 'id', 'mounts', 'space', 'inodes', 'sockets', 'sshd', 'names'],
  ...['os-release', 'disks', 'buses', 'addresses', 'listeners', 'datagrams', 'connections'],
]);

/** Commands of others: nobody needs a word of them that merely looks like a key. */
const commands: ReadonlySet<string> = new Set(['crontab', 'crontabs', 'supervisor']);

/** An answer without what looks like a secret in it, each in the way that it is written. */
export function hideInAnswer(id: string, text: string): string {
  if (plainTables.has(id)) return text;
  if (id.startsWith('arguments-')) return hideInArguments(text.split('\n')).join('\n');
  if (id === 'docker') return text.split('\n').map(hideInLog).join('\n');
  const shown = hideSecrets(id === 'supervisor' ? hideEnvironments(text) : text);
  return commands.has(id) ? hideOddWords(shown, hidden) : shown;
}

/** One argument a line: a secret is what hides in one, and what follows an option for one. */
function hideInArguments(words: readonly string[]): readonly string[] {
  const [first = ''] = words;
  const bare = baseOf(first);
  const at = words.findIndex((word, index) => index < mostBefore && mayTakeSecret(baseOf(word)));
  return words.map((word, index) => {
    if (index >= mostWords && word !== '') return hidden;
    const bearable = hideSecrets(word);
    const alone = hideOddWords(bearable, hidden);
    if (index === 0 || word === '') return alone;
    const before = index > 1 ? words[index - 1] : undefined;
    const leads = [
      `${bare}  `,
      ...(before?.startsWith('-') ? [`${bare}  ${before} `] : []),
      // `sudo mysqldump ... -p...`: the program may come later, and its words by their places.
      ...(at >= 0 && at < index && index - at < mostAfter ? [leadOf(words.slice(at, index))] : []),
    ];
    const isSecret = leads.some(
      (lead) => hideSecrets(lead + word) !== hideSecrets(lead) + bearable,
    );
    return isSecret ? hidden : alone;
  });
}

/** So many are looked at; of more nobody needs any. */
const mostWords = 512;
/** How many words may stand before the program, and how many after it are looked at by their places. */
const mostBefore = 12;
const mostAfter = 64;

function baseOf(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

function leadOf([program = '', ...words]: readonly string[]): string {
  return `${[baseOf(program), ...words].join(' ').slice(0, 400)} `;
}

/** `environment=` of supervisord's programs, of which names tell nothing; its further lines are indented. */
function hideEnvironments(text: string): string {
  let isWithin = false;
  return text
    .split('\n')
    .map((line) => {
      const [, head] = /^((?:\/[^:]*:)?\s*environment\s*=)/.exec(line) ?? [];
      if (head !== undefined) {
        isWithin = true;
        return head + hidden;
      }
      const [, path] = /^(\/[^:]*:)[ \t]+\S/.exec(line) ?? [];
      isWithin &&= path !== undefined;
      return isWithin ? `${path ?? ''} ${hidden}` : line;
    })
    .join('\n');
}
