import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

type Changes = readonly (readonly [from: string, to: string])[];

const ours = (name: string): string =>
  JSON.stringify(fileURLToPath(new URL(`../src/tui/${name}`, import.meta.url)));

/**
 * Nine tenths of what a frame of ours cost was Ink measuring and cleaning every text anew, also where it
 * is the text of the frame before, and taking each apart into cells and together again. Here it does so
 * once, as its layout does already; a frame of whole lines is these lines; and of a line that has changed
 * between two ends only the middle is written.
 */
const changes: Readonly<Record<string, Changes>> = {
  'ink/build/render-node-to-output.js': [
    ["import widestLine from 'widest-line';", "import measureText from './measure-text.js';"],
    ['widestLine(text)', 'measureText(text).width'],
  ],
  'ink/build/output.js': [
    [
      '    get() {\n',
      `    get() {
        const lines = wholeLines(this, (text) => measureText(text).width);
        if (lines !== null) return { output: lines.join('\\n'), height: lines.length };
`,
    ],
    [
      "import stringWidth from 'string-width';",
      `import stringWidth from 'string-width';
import measureText from './measure-text.js';
import { wholeLines } from ${ours('whole-lines.ts')};`,
    ],
  ],
  'ink/build/line-update.js': [
    [
      "import ansiEscapes from 'ansi-escapes';",
      `import ansiEscapes from 'ansi-escapes';
import { changedMiddle } from ${ours('changed-middle.ts')};`,
    ],
    [
      'export default function lineUpdate(previous, next, columns) {\n',
      `export default function lineUpdate(previous, next, columns) {
    const middle = changedMiddle(previous, next);
    if (middle !== null) return middle;
`,
    ],
  ],
  'ink/build/sanitize-ansi.js': [
    [
      'const sanitizeAnsi = (text) => {\n',
      `const kept = new QuickLRU({ maxSize: 1024 });
const sanitizeAnsi = (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const clean = sanitizedAnsi(text);
    kept.set(text, clean);
    return clean;
};
const sanitizedAnsi = (text) => {
`,
    ],
    ['import { ', "import QuickLRU from 'quick-lru';\nimport { "],
  ],
  'string-width/index.js': [
    [
      'export default function stringWidth(input, options = {}) {\n',
      `import { quickWidth } from ${ours('one-cell.ts')};
export default function stringWidth(input, options = {}) {
	const quick = typeof input === 'string' ? quickWidth(input) : null;
	if (quick !== null) return quick;
`,
    ],
  ],
};

const filter =
  /node_modules\/(?:ink\/build\/(?:render-node-to-output|output|line-update|sanitize-ansi)|string-width\/index)\.js$/;

/** Fails where a package is not as it was when this was written. */
export const inkFrames: Plugin = {
  name: 'ink-frames',
  setup: ({ onLoad }) => {
    onLoad({ filter }, ({ path }) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const contents = (changes[name] ?? []).reduce(
        (text, [from, to]) => {
          const parts = text.split(from);
          if (parts.length !== 2) throw new Error(`${name} has not one ${JSON.stringify(from)}`);
          return parts.join(to);
        },
        readFileSync(path, 'utf8'),
      );
      return { contents };
    });
  },
};
