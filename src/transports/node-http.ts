/**
 * Node's HTTP client without `import`: an import reads every export of the module, and one of
 * node:http's loads the whole of undici, which costs a short run 20 ms and is never used here.
 */
export const nodeHttp = process.getBuiltinModule('node:http');
export const nodeHttps = process.getBuiltinModule('node:https');
