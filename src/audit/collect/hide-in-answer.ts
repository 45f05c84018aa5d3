import { hidden, hideInLog, hideSecrets } from '../../model/hide-secrets.ts';

/** Tables of names and numbers: a user may be called `token`, and its line is no secret for it. */
const plainTables: ReadonlySet<string> = new Set([
  ...['passwd', 'admins', 'id', 'mounts', 'space', 'inodes', 'sockets', 'sshd', 'names'],
  ...['os-release', 'disks', 'buses', 'addresses', 'listeners', 'datagrams', 'connections'],
]);

/** An answer without what looks like a secret in it, each in the way that it is written. */
export function hideInAnswer(id: string, text: string): string {
  if (plainTables.has(id)) return text;
  if (id.startsWith('arguments-')) return hideInArguments(text.split('\n')).join('\n');
  if (id === 'docker') return text.split('\n').map(hideInLog).join('\n');
  return hideSecrets(id === 'supervisor' ? hideEnvironments(text) : text);
}

/** One argument a line: a secret is what hides in one, and what follows an option for one. */
function hideInArguments(words: readonly string[]): readonly string[] {
  const program = words[0]?.split('/').at(-1) ?? '';
  return words.map((word, index) => {
    const alone = hideSecrets(word);
    if (index === 0 || word === '') return alone;
    const before = index > 1 ? words[index - 1] : undefined;
    const leads = [`${program}  `, ...(before?.startsWith('-') ? [`${program}  ${before} `] : [])];
    const isSecret = leads.some((lead) => hideSecrets(lead + word) !== hideSecrets(lead) + alone);
    return isSecret ? hidden : alone;
  });
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
