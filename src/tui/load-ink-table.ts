import { createRequire, Module } from 'node:module';
import * as ink from 'ink';
import type * as inkTable from 'ink-table';

// ink-table 3 is CommonJS and requires Ink, which waits for its layout engine at the top level and so
// can only be imported. It gets the Ink that is here by way of Node's cache of modules. In the bundle
// build/bundle.ts does the same without a file to require.
const require = createRequire(import.meta.url);
const path = require.resolve('ink');
const cached = require.cache[path];
const shim = new Module(path);
shim.exports = ink;
shim.loaded = true;
require.cache[path] = shim as NodeJS.Module;

/** The one seam through which ink-table is used. */
export const Table = (require('ink-table') as typeof inkTable.default).default;

if (cached) require.cache[path] = cached;
