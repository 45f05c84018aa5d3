import { open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ApplyEvent, type ApplyLog, applyLogOf } from '../../model/apply-log.ts';
import { type JsonObject, jsonObjectOf } from '../../model/json.ts';
import { syncFolder, writeFileAtomic } from '../../transports/write-file.ts';
import { makeFolder } from '../make-folder.ts';
import type { OpenNetwork } from '../open-network.ts';

/** Where applies keep what they are about to do and what was there before. It rejects with plain errors. */
export interface ApplyStore {
  begin(id: string): Promise<void>;
  /** On disk when it returns. */
  append(id: string, event: ApplyEvent): Promise<void>;
  keep(id: string, name: string, text: string): Promise<void>;
  /** Null where it is gone. */
  kept(id: string, name: string): Promise<string | null>;
  /** The oldest first. */
  list(): Promise<readonly ApplyLog[]>;
}

/** Where the applies of a network are kept; what simulates one keeps them no longer than it lasts. */
export function storeOf({ rootPath, stateFolder }: OpenNetwork): ApplyStore {
  return rootPath === null ? memoryStore() : diskStore(stateFolder);
}

const journalName = 'journal.ndjson';

/** In the state folder of a network: a folder an apply, for its owner alone. */
function diskStore(stateFolder: string): ApplyStore {
  const applies = join(stateFolder, 'applies');
  return {
    begin: async (id) => {
      await makeFolder(join(applies, id), 0o700);
      await syncFolder(applies);
      await dropOldest(applies);
    },
    append: (id, event) => appendLine(join(applies, id), JSON.stringify(event)),
    keep: (id, name, text) => writeFileAtomic(join(applies, id, name), text, 0o600),
    kept: (id, name) => textAt(join(applies, id, name)),
    list: async () => {
      const names = await readdir(applies).catch(orNone);
      const logs = await Promise.all(
        names
          .toSorted()
          .map(async (id) => applyLogOf(id, linesOf(await textAt(join(applies, id, journalName))))),
      );
      return logs.filter((log) => log !== null);
    },
  };
}

/** The same for a simulated network, which ends with its process. */
export function memoryStore(): ApplyStore {
  const events = new Map<string, JsonObject[]>();
  const files = new Map<string, string>();
  return {
    begin: async (id) => {
      events.set(id, []);
    },
    append: async (id, event) => {
      events.get(id)?.push(JSON.parse(JSON.stringify(event)) as JsonObject);
    },
    keep: async (id, name, text) => {
      files.set(`${id}/${name}`, text);
    },
    kept: async (id, name) => files.get(`${id}/${name}`) ?? null,
    list: async () => [...events].flatMap(([id, lines]) => applyLogOf(id, lines) ?? []),
  };
}

/** So many are kept, with the bytes of before. */
const mostKept = 100;

/** One that did not end is kept however old it is. */
async function dropOldest(applies: string): Promise<void> {
  const names = (await readdir(applies)).toSorted();
  for (const id of names.slice(0, Math.max(0, names.length - mostKept))) {
    const log = applyLogOf(id, linesOf(await textAt(join(applies, id, journalName))));
    if (log?.outcome !== null) await rm(join(applies, id), { recursive: true, force: true });
  }
}

async function appendLine(folder: string, line: string): Promise<void> {
  const file = await open(join(folder, journalName), 'a', 0o600);
  try {
    // What was cut off before it stays a line of its own.
    await file.appendFile(`\n${line}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(folder);
}

function linesOf(text: string | null): readonly JsonObject[] {
  return (text ?? '')
    .split('\n')
    .map(jsonObjectOf)
    .filter((line) => line !== null);
}

async function textAt(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

function orNone(error: NodeJS.ErrnoException): readonly string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
