import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string };

/** Ink asks for React's devtools behind a flag that is never set here: an empty module stands in. */
const withoutDevtools: Plugin = {
  name: 'without-devtools',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^react-devtools-core$/ }, () => ({
      path: 'devtools',
      namespace: 'empty',
    }));
    onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default {};' }));
  },
};

// Split, so that a headless run never reads the cockpit; minified with NODE_ENV set, so that
// React's development build, which is slower and leaks, is not in it.
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['src/cli.ts', 'src/index.ts'],
  outdir: 'dist',
  write: false,
  bundle: true,
  splitting: true,
  minify: true,
  sourcemap: 'linked',
  format: 'esm',
  jsx: 'automatic',
  platform: 'node',
  target: 'node22',
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    'process.env.JOELCLAW_VERSION': JSON.stringify(version),
  },
  // CommonJS packages within an ES module still ask for Node's own by require.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  plugins: [withoutDevtools],
  logLevel: 'warning',
});

// New files first and old ones last, so that a joelclaw which starts meanwhile finds a whole one.
const dist = `${root}/dist`;
mkdirSync(dist, { recursive: true });
const written = new Set(['node-path', ...outputFiles.map(({ path }) => basename(path))]);
for (const { path, contents } of outputFiles) writeFileSync(path, contents);
for (const name of readdirSync(dist)) if (!written.has(name)) rmSync(`${dist}/${name}`);

// What bin/joelclaw starts with, so that it need not ask each Node it finds for its version.
writeFileSync(`${dist}/node-path`, `${process.execPath}\n`);
