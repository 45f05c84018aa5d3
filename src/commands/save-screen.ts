import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../model/report.ts';
import { reportJson } from '../outputs/report-json.ts';
import { makeFolder } from './make-folder.ts';

/** Keeps what is on the screen, and all that is known as JSON, as two files; says where. */
export async function saveScreen(
  stateFolder: string,
  screen: readonly string[],
  report: Report,
): Promise<string> {
  const folder = join(stateFolder, 'saved');
  const at = new Date().toISOString().replaceAll(':', '-').replace(/\.\d+/, '');
  const path = join(folder, at);
  try {
    await makeFolder(stateFolder, 0o700);
    await makeFolder(folder, 0o700);
    const json = JSON.stringify(reportJson(report), null, 2);
    await writeFile(`${path}.txt`, `${screen.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
    await writeFile(`${path}.json`, `${json}\n`, { mode: 0o600, flag: 'wx' });
    return `saved ${path}.txt and .json`;
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    return code === 'EEXIST'
      ? `saved ${path}.txt a moment ago`
      : `could not be saved (${code}): ${path}`;
  }
}
