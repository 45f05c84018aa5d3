import type { CloseLook } from './close-look.ts';

/** How a unit starts what was seen, or why nobody can tell. */
export type CommandFound =
  | { readonly program: string; readonly argv0: string | null; readonly rest: readonly string[] }
  | { readonly why: string; readonly hint: string };

const interpreters = /^(?:node|nodejs|bun|deno|python|perl|ruby|java|php)[\d.]*$/;
const deleted = / \(deleted\)$/;

/**
 * The program by its whole path, with its arguments as they are. Where it was called by another path
 * to the same file (a virtual environment's python) that path is kept, as it means something.
 */
export function commandOf({ process, program }: CloseLook): CommandFound {
  const [first = '', ...rest] = process.argv;
  const file = process.executable.replace(deleted, '');
  const hint = 'write its ExecStart by hand';
  if (!file.startsWith('/')) return { why: 'its program cannot be seen', hint: 'ask as root' };
  const [called, real] = [baseOf(first), baseOf(file)];
  const isCalledSo = called === real || (called !== '' && real.startsWith(called));
  if (interpreters.test(real) && (rest.length === 0 || !interpreters.test(called))) {
    return { why: `it is ${real}, and hides what it was started with`, hint };
  }
  if (first.startsWith('/')) {
    return program === file
      ? { program: first, argv0: null, rest }
      : { why: `it calls itself ${first}, and is ${file}`, hint };
  }
  return { program: file, argv0: isCalledSo ? null : first, rest };
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/^-/, '');
}
