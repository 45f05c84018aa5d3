/** One probe of the audit's script, framed as a host tells it. */
export type Frame = string;

/** What it said, and how it ended; `words` is what it said on standard error. */
interface Ended {
  readonly exitCode?: number;
  readonly words?: string;
}

/** A probe that was asked: each line of its output stands behind a `|`, of its words behind a `!`. */
export function told(id: string, text: string, { exitCode = 0, words = '' }: Ended = {}): Frame {
  const said = text === '' ? '' : behind('|', text);
  return `\n@@BEGIN ${id}\n${said}${behind('!', `\n${words}\n\n@@RC ${exitCode}`)}@@END ${id}\n`;
}

/** Its program is not on the host. */
export function missing(id: string, program: string): Frame {
  return `\n@@NONE ${id} tool-missing ${program}\n`;
}

/** The file is not on the host. */
export function absent(id: string, path: string): Frame {
  return `\n@@NONE ${id} not-there ${path}\n`;
}

/** Several files in one probe, as `grep -H ''` tells them: each line with the file's name before it. */
export function files(id: string, texts: Readonly<Record<string, string>>): Frame {
  const lines = Object.entries(texts).flatMap(([path, text]) =>
    text.split('\n').map((line) => `${path}:${line}`),
  );
  return told(id, lines.join('\n'));
}

function behind(mark: string, text: string): string {
  return text
    .split('\n')
    .map((line) => `${mark}${line}\n`)
    .join('');
}
