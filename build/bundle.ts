import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { inkFrames } from './ink-frames.ts';
import { inkTable } from './ink-table.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string };

/** Yoga fetches its own base64, and `fetch` loads the whole of undici; without one it just decodes. */
const yogaWithoutFetch: Plugin = {
  name: 'yoga-without-fetch',
  setup: ({ onLoad }) => {
    onLoad({ filter: /yoga-wasm-base64-esm\.js$/ }, ({ path }) => ({
      contents: `const fetch = undefined;\n${readFileSync(path, 'utf8')}`,
    }));
  },
};

/**
 * ssh2 has two native parts, which it does without: no build of one machine may get into the bundle.
 * Its WebAssembly and its agents ask where they lie, and do not need it but on Windows.
 */
const ssh2WithoutNatives: Plugin = {
  name: 'ssh2-without-natives',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^cpu-features$|sshcrypto\.node$/ }, () => ({
      path: 'native',
      namespace: 'missing',
    }));
    onLoad({ filter: /.*/, namespace: 'missing' }, () => ({
      contents: "throw new Error('not built');",
    }));
    onLoad({ filter: /ssh2\/lib\/(agent|protocol\/crypto\/poly1305)\.js$/ }, ({ path }) => ({
      contents: `const __dirname = '';\n${readFileSync(path, 'utf8')}`,
    }));
  },
};

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

/**
 * Of the cluster's client only its kubeconfig is used: it says how to ask, and we ask. Its API classes
 * and undici, which it would ask with, are five sixths of it and hold up a first round.
 */
const kubeconfigOnly: Plugin = {
  name: 'kubeconfig-only',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(?:undici|\.\/gen\/index\.js|\.\/middleware\.js)$/ }, ({ importer }) =>
      /client-node\/dist\/config\.js$/.test(importer)
        ? { path: 'unused', namespace: 'unused', sideEffects: false }
        : null,
    );
    const names = [
      'Agent',
      'ProxyAgent',
      'createConfiguration',
      'ServerConfiguration',
      'setHeaderMiddleware',
    ];
    const refuse = `function unused() { throw new Error('only the kubeconfig of the client is bundled'); }`;
    const contents = `${refuse}\nexport { ${names.map((name) => `unused as ${name}`).join(', ')} };`;
    onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents }));
  },
};

/**
 * Ink's cursor is shown again by Ink itself when it is unmounted. This would do it once more at the
 * end of the process, on stderr, also where that is a file.
 */
const withoutRestoreCursor: Plugin = {
  name: 'without-restore-cursor',
  setup: ({ onLoad }) => {
    onLoad({ filter: /restore-cursor\/index\.js$/ }, () => ({
      contents: 'export default () => {};',
    }));
  },
};

/** As in `node-http.ts`: packages that import Node's HTTP would load the whole of undici with it. */
const httpWithoutUndici: Plugin = {
  name: 'http-without-undici',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(?:node:)?https?$/ }, ({ path, kind }) =>
      kind === 'import-statement'
        ? { path: path.replace('node:', ''), namespace: 'node-http' }
        : null,
    );
    onLoad({ filter: /.*/, namespace: 'node-http' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path}');`,
    }));
  },
};

/** What lints is read by `config check` alone, and shares no chunk with what every start reads. */
const lintApart: Plugin = {
  name: 'lint-apart',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/lint-root\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './lint-root.js', external: true } : null,
    );
  },
};

// Split, so that a headless run never reads the cockpit; minified with NODE_ENV set, so that
// React's development build, which is slower and leaks, is not in it.
const common = {
  absWorkingDir: root,
  outdir: 'dist',
  write: false,
  bundle: true,
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
  plugins: [
    withoutDevtools,
    yogaWithoutFetch,
    inkTable,
    inkFrames,
    withoutRestoreCursor,
    ssh2WithoutNatives,
    kubeconfigOnly,
    httpWithoutUndici,
    lintApart,
  ],
  logLevel: 'warning',
} as const satisfies BuildOptions;

// The library is a bundle of its own, and so is what lints: sharing chunks with them would cut the
// command's into crumbs.
const built = await Promise.all([
  build({ ...common, entryPoints: ['src/cli.ts'], splitting: true }),
  build({ ...common, entryPoints: ['src/index.ts'] }),
  build({ ...common, entryPoints: ['src/commands/config/lint-root.ts'] }),
]);
const outputFiles = built.flatMap((one) => one.outputFiles);

// New files first and old ones last, so that a joelclaw which starts meanwhile finds a whole one.
const dist = `${root}/dist`;
mkdirSync(dist, { recursive: true });
const written = new Set(['node-path', ...outputFiles.map(({ path }) => basename(path))]);
for (const { path, contents } of outputFiles) writeFileSync(path, contents);
for (const name of readdirSync(dist))
  if (!written.has(name)) rmSync(`${dist}/${name}`, { recursive: true });

// What bin/joelclaw starts with, so that it need not ask each Node it finds for its version.
writeFileSync(`${dist}/node-path`, `${process.execPath}\n`);
