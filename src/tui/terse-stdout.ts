// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what Ink sends
const lineByLine = /(?:\u001b\[E){2,}/g;
const oneLine = 3;

/**
 * A terminal to which Ink's frames are written in fewer bytes: Ink goes down to a line that has changed
 * line by line, which was more than half of all that a quiet cockpit sent. `before` changes it first.
 */
export function terseStdout(
  stdout: NodeJS.WriteStream,
  before: (text: string) => string = (text) => text,
): NodeJS.WriteStream {
  const write = (chunk: string | Uint8Array, ...more: []): boolean =>
    stdout.write(typeof chunk === 'string' ? terse(before(chunk)) : chunk, ...more);
  return new Proxy(stdout, {
    get: (target, key) => {
      if (key === 'write') return write;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** ECMA-48 CNL takes a count, wherever it is taken at all. */
export function terse(text: string): string {
  return text.replace(lineByLine, (moves) => `\u001b[${moves.length / oneLine}E`);
}
