import { writeFile } from 'node:fs/promises';

/**
 * Writes a module that, preloaded into a joelclaw (`NODE_OPTIONS=--import=PATH`), ends it by SIGKILL
 * right after its `KILL_AT`-th change of a file below `KILL_BELOW`; with `KILL_SEEN=yes` only what another
 * process sees of it counts: what is written to the side is none.
 */
export function writeKillAt(path: string): Promise<void> {
  return writeFile(path, killer);
}

const killer = `
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
const { KILL_AT, KILL_BELOW, KILL_SEEN } = process.env;
const unseen = KILL_SEEN === 'yes' ? ['open', 'writeFile', 'sync', 'chmod', 'chown'] : [];
let count = 0;
const around = async (name, act) => {
  if (unseen.includes(name)) return act();
  count++;
  const isIt = count === Number(KILL_AT);
  try {
    return await act();
  } finally {
    if (isIt) process.kill(process.pid, 'SIGKILL');
  }
};
const isMeant = (path) => typeof path === 'string' && path.startsWith(KILL_BELOW);
for (const name of ['rename', 'rm', 'mkdir', 'chown']) {
  const original = fs[name];
  fs[name] = (...args) => (isMeant(args[0]) ? around(name, () => original(...args)) : original(...args));
}
const open = fs.open;
fs.open = async (path, flags, ...more) => {
  const writes = typeof flags === 'string' && /[wa]/.test(flags) && isMeant(path);
  const file = writes ? await around('open', () => open(path, flags, ...more)) : await open(path, flags, ...more);
  if (!writes) return file;
  for (const name of ['writeFile', 'appendFile', 'sync', 'chmod']) {
    const original = file[name].bind(file);
    file[name] = (...args) => around(name, () => original(...args));
  }
  return file;
};
syncBuiltinESMExports();
`;
