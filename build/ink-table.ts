import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * ink-table requires Ink, which cannot be required: it has a top-level await. Both stand in the same
 * bundle, so it takes the namespace that the seam has imported.
 */
export const inkTable: Plugin = {
  name: 'ink-table',
  setup: ({ onResolve, onLoad }) => {
    const place = "globalThis[Symbol.for('joelclaw.ink')]";
    onLoad({ filter: /src\/tui\/load-ink-table\.ts$/ }, () => ({
      contents: `import 'ink-to-share'; import table from 'ink-table'; export const Table = table.default;`,
      resolveDir: root,
    }));
    onResolve({ filter: /^ink-to-share$/ }, () => ({ path: 'share', namespace: 'ink-shared' }));
    onResolve({ filter: /^ink$/ }, ({ importer }) =>
      /node_modules\/ink-table\//.test(importer) ? { path: 'take', namespace: 'ink-shared' } : null,
    );
    onLoad({ filter: /.*/, namespace: 'ink-shared' }, ({ path }) => ({
      contents:
        path === 'share'
          ? `import * as ink from 'ink'; ${place} = ink;`
          : `module.exports = ${place};`,
      resolveDir: root,
    }));
  },
};
