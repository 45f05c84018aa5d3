import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generatedFiles } from './generated-files.ts';

// Writes the files that are made from code; a test holds them against it.
const root = fileURLToPath(new URL('..', import.meta.url));
for (const [path, text] of generatedFiles()) {
  writeFileSync(`${root}/${path}`, text);
  console.log(`wrote ${path}`);
}
