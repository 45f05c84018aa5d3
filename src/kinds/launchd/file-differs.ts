import type { PlistKeys, PlistValue } from './plist-keys.ts';
import { indentOf } from './read-fields.ts';

/**
 * The keys of a job's file that launchd has loaded otherwise, of those that `print` shows as they are:
 * it goes on with what it loaded, whatever is written since. Null where the file is not to be read.
 * Arguments and environments are compared here and kept nowhere: both hold secrets.
 */
export function fileDiffers(print: string, keys: PlistKeys | null): readonly string[] | null {
  if (!keys?.has('Label')) return null;
  const lines = print.split(/\r?\n/);
  const loaded = { lines, indent: indentOf(lines) };
  return comparisons.filter(([key, isOther]) => isOther(keys.get(key), loaded)).map(([key]) => key);
}

interface Loaded {
  readonly lines: readonly string[];
  /** Of its outermost fields. */
  readonly indent: string;
}

type IsOther = (written: PlistValue | undefined, loaded: Loaded) => boolean;

/** A field that stands there as a number or a text, where the file names it. */
const field =
  (name: string): IsOther =>
  (written, loaded) => {
    const there = fieldIn(loaded, name);
    if (!written || there === null) return false;
    const isNumber = written.type === 'integer';
    return written.text.trim() !== (isNumber ? there.replace(/\s.*$/, '') : there);
  };

/** A word among its properties; what the file does not name may have another cause. */
const property =
  (name: string): IsOther =>
  (written, loaded) => {
    const told = fieldIn(loaded, 'properties');
    return written?.type === 'true' && told !== null && !told.split(/\s*\|\s*/).includes(name);
  };

const comparisons: readonly (readonly [string, IsOther])[] = [
  ['Program', field('program')],
  ['ProgramArguments', argumentsDiffer],
  ['EnvironmentVariables', environmentDiffers],
  ['WorkingDirectory', field('working directory')],
  ['StandardOutPath', field('stdout path')],
  ['StandardErrorPath', field('stderr path')],
  ['StartInterval', field('run interval')],
  ['ThrottleInterval', field('minimum runtime')],
  ['RunAtLoad', property('runatload')],
  ['KeepAlive', property('keepalive')],
];

function argumentsDiffer(written: PlistValue | undefined, loaded: Loaded): boolean {
  const there = blockIn(loaded, 'arguments');
  if (!written || there === null) return false;
  return there !== written.children.map(({ text }) => text).join('\n');
}

/** launchd adds some of its own: those that the file names must be there. */
function environmentDiffers(written: PlistValue | undefined, loaded: Loaded): boolean {
  const there = blockIn(loaded, 'environment');
  if (!written || there === null) return false;
  const { children } = written;
  return children.some(({ type, text: name }, index) => {
    if (type !== 'key') return false;
    const value = children[index + 1]?.text ?? '';
    return !`\n${there}\n`.includes(`\n${name} => ${value}\n`);
  });
}

function fieldIn({ lines, indent }: Loaded, name: string): string | null {
  const head = `${indent}${name} = `;
  const line = lines.find((one) => one.startsWith(head));
  return line === undefined ? null : line.slice(head.length).trim();
}

/** The lines of a block without their indent: a line break within an argument is printed raw. */
function blockIn({ lines, indent }: Loaded, name: string): string | null {
  const from = lines.indexOf(`${indent}${name} = {`);
  const to = from < 0 ? -1 : lines.indexOf(`${indent}}`, from);
  if (to < 0) return null;
  const inner = `${indent}${indent}`;
  return lines
    .slice(from + 1, to)
    .map((line) => (line.startsWith(inner) ? line.slice(inner.length) : line))
    .join('\n');
}
