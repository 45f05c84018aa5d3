import { type Answers, answerOf, toldBy } from '../collect/answers.ts';

/** The first line of an answer; null where there is none. */
export function lineOf(answers: Answers, id: string): string | null {
  const line = toldBy(answers, id)?.trim().split('\n', 1)[0]?.trim() ?? '';
  return line === '' ? null : line;
}

/** The lines of a list. What failed and told nothing could not be told; what told nothing is empty. */
export function listedBy(answers: Answers, id: string): readonly string[] | null {
  const text = toldBy(answers, id);
  if (text === null) return null;
  const lines = linesOf(text);
  return lines.length === 0 && answerOf(answers, id).exitCode !== 0 ? null : lines;
}

export function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** Whether it was looked for and is not there, which is an answer. */
export function isAbsent(answers: Answers, id: string): boolean {
  return answerOf(answers, id).why === 'not-there';
}

/** The lines of files, as `grep -H` tells them, by their paths in the order of the output. */
export function filesBy(answers: Answers, id: string): ReadonlyMap<string, string[]> | null {
  const text = toldBy(answers, id);
  if (text === null) return null;
  const files = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const colon = colonAfterPath(line);
    if (colon < 1) continue;
    const path = line.slice(0, colon);
    const lines = files.get(path) ?? [];
    lines.push(line.slice(colon + 1));
    files.set(path, lines);
  }
  return files;
}

/** The lines of all of them, without their paths. */
export function fileLinesBy(answers: Answers, id: string): readonly string[] {
  return [...(filesBy(answers, id)?.values() ?? [])].flat();
}

/** The addresses of the PCI bus have colons of their own. */
function colonAfterPath(line: string): number {
  const [pci = ''] = /^\/sys\/bus\/pci\/devices\/[0-9a-f]+:[0-9a-f]+:/.exec(line) ?? [];
  return line.indexOf(':', pci.length);
}

/** Blocks of `Key=value`, a blank line between two, as systemctl(1) shows units. */
export function blocksBy(
  answers: Answers,
  id: string,
): readonly ReadonlyMap<string, string>[] | null {
  const text = toldBy(answers, id);
  if (text === null || (text.trim() === '' && answerOf(answers, id).exitCode !== 0)) return null;
  return text
    .split(/\n\s*\n/)
    .map((block) => new Map(linesOf(block).map(pairOf)))
    .filter((block) => block.has('Id'));
}

function pairOf(line: string): readonly [string, string] {
  const at = line.indexOf('=');
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
}

/** By code units, so that the same facts have the same order everywhere. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
