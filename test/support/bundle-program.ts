import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { inkFrames } from '../../build/ink-frames.ts';
import { inkTable } from '../../build/ink-table.ts';

/** Bundles a program (by its URL) as the command is bundled: React's production build. Its path. */
export async function bundleProgram(program: URL, into: string): Promise<string> {
  const empty = join(into, 'empty.mjs');
  writeFileSync(empty, 'export default {};\n');
  const outfile = join(into, 'program.mjs');
  await build({
    entryPoints: [fileURLToPath(program)],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    jsx: 'automatic',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
    plugins: [inkTable, inkFrames],
    alias: { 'react-devtools-core': empty },
    banner: {
      js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
    },
  });
  return outfile;
}
