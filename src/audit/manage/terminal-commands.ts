import { shellWord } from '../../model/shell-word.ts';
import type { SeenProcess } from '../read/processes.ts';
import { baseOf } from './words.ts';

/** A session of screen(1) or tmux(1), as far as its process and its server tell. */
export interface Terminal {
  readonly kind: 'screen' | 'tmux';
  /** As a person calls it. */
  readonly name: string | null;
  /** As its program finds it, and no other: `600.pdf`, `$1`; null where that is not seen. */
  readonly id: string | null;
  /** Of a tmux that does not listen where it does by itself. */
  readonly socket: string | null;
}

const shells = /^-?(?:sh|bash|dash|ash|zsh|ksh|fish)$/;

/** Whether it waits for a person to type: of its words none is a script, nor a command. */
export function isTypedInto({ command: [first = '', ...rest] }: SeenProcess): boolean {
  return shells.test(baseOf(first)) && rest.every((word) => /^[-+](?![a-z]*c)/.test(word));
}

/** How a command line is started there in a folder: in the session while there is one, else in a new one. */
export function startIn({
  kind,
  name,
  id,
  socket,
}: Terminal): (line: string, folder: string | null) => string {
  const called = name ?? 'service';
  if (kind === 'tmux') {
    const [tmux, session] = [tmuxOf(socket), tmuxSession(called)];
    const target = `'${id ?? `=${session}`}:'`;
    return (line) =>
      `{ ${tmux} new-window -d -t ${target} ${shellWord(line)} 2>/dev/null || ${tmux} new-session -d -s ${shellWord(session)} ${shellWord(line)}; }`;
  }
  const make = `screen -dmS ${shellWord(called)}`;
  if (id === null) return (line) => `${make} ${line}`;
  return (line, folder) => {
    const there = folder === null ? '' : `cd ${shellWord(folder)} && `;
    const window = `${there}exec ${line}`;
    // What it is told by -X, screen(1) reads as a line of its configuration.
    if (/["$\\^]/.test(window)) return `${make} ${line}`;
    // A session that ends with its last window takes a moment for it.
    return `{ sleep 1; screen -S ${shellWord(id)} -X screen sh -c ${shellWord(window)} || ${make} ${line}; }`;
  };
}

/** tmux(1) keeps neither colons nor periods in the name of a session. */
function tmuxSession(name: string): string {
  return name.replaceAll(/[:.]/g, '_');
}

function tmuxOf(socket: string | null): string {
  return socket === null ? 'tmux' : `tmux -S ${shellWord(socket)}`;
}

/** How a person looks at what it says. */
export function attachTo({ kind, name, id, socket }: Terminal): string {
  const session = id ?? name;
  if (kind === 'screen') return `screen -r${session === null ? '' : ` ${shellWord(session)}`}`;
  const target = session === null ? '' : ` -t ${shellWord(id ?? tmuxSession(session))}`;
  return `${tmuxOf(socket)} attach${target}`;
}
