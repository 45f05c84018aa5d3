import { hideSecrets } from '../../model/hide-secrets.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { SeenProcess } from '../read/processes.ts';

const interpreters =
  /^(?:node|nodejs|bun|deno|python[\d.]*|perl|ruby|php|java|sh|bash|dash|ash|zsh|fish|npm|npx|env)$/;

export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether it only runs what another file says. */
export function isInterpreter(program: string): boolean {
  return interpreters.test(baseOf(program.replace(/ \(deleted\)$/, '')));
}

/** The words of a command by which a line of a crontab, or a file, can be seen to be about it. */
function tellingWords({ command, executable }: SeenProcess): readonly string[] {
  const words = [...command, executable?.replace(/ \(deleted\)$/, '') ?? ''];
  const paths = words.filter(
    (word) => !word.startsWith('-') && !isInterpreter(word) && isFile(word),
  );
  return [...new Set(paths.flatMap((path) => [path, baseOf(path)]))].filter(
    (word) => word.length > 2,
  );
}

/** A script, or a path that is more than a folder at the root. */
function isFile(word: string): boolean {
  return (
    /^(?!\/dev\/|\/proc\/)[^\s=]*\/[^\s=/]+$/.test(word) ||
    /^[\w.-]+\.(?:[cm]?[jt]s|py|pl|rb|sh|php|jar)$/.test(word)
  );
}

/** Whether a line speaks of the process: it holds one of its telling words as a word of its own. */
export function speaksOf(line: string, process: SeenProcess): boolean {
  return tellingWords(process).some((word) => holdsWord(line, word));
}

export function holdsWord(line: string, word: string): boolean {
  for (let at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + 1)) {
    const [before = ' ', after = ' '] = [line[at - 1], line[at + word.length]];
    if (/[\s/'"=;&|()]/.test(before) && /[\s'"=;&|()]/.test(after)) return true;
  }
  return false;
}

const secretOption = /^--?[\w-]*(?:token|secret|passw(?:or)?d|passphrase|auth|key|credentials?)$/i;

/** The arguments without what looks like a secret in them. */
export function shownCommand(command: readonly string[]): readonly string[] {
  return command.map((word, at) =>
    secretOption.test(command[at - 1] ?? '') && !word.startsWith('-')
      ? '(hidden)'
      : hideSecrets(word),
  );
}

/** As a shell takes it; null where a secret of it is hidden, or nothing of it is known. */
export function commandLine(command: readonly string[]): string | null {
  const shown = shownCommand(command);
  if (shown.length === 0 || shown.some((word) => word.includes('(hidden)'))) return null;
  return shown.map(shellWord).join(' ');
}
