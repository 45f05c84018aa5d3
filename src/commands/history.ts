import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../model/errors.ts';
import { type JsonObject, jsonObjectOf } from '../model/json.ts';
import { objectsOf, textOf } from '../model/read-facts.ts';
import { envelope } from '../outputs/envelope.ts';
import { journalName, wholeEntries } from './acting/action-journal.ts';
import { type Command, headOf } from './context.ts';
import { openNetwork } from './open-network.ts';

const usualEntries = 50;

/** What was done to this network, the newest last: the journal of actions. */
export const history: Command = async (context) => {
  const { actions, lines, json } = context.options;
  if (!actions) {
    throw new UserError('of states there is no history in this version', {
      hint: 'joelclaw history --actions tells what was done',
    });
  }
  const most = lines === null ? usualEntries : Number(lines);
  if (!Number.isInteger(most) || most < 1) {
    throw new UserError(`-n ${lines} is no number of entries`, { hint: 'write it as -n 20' });
  }
  const open = await openNetwork(context);
  await open.transports.close();
  const entries = (await journalOf(join(open.stateFolder, journalName))).slice(-most);
  if (json) {
    const answer = { schema: 'joelclaw.history/v1', ok: true, result: { actions: entries } };
    await context.write(envelope(headOf(context, 'history'), answer));
  } else await context.write(entries.map(entryText).join('') || 'nothing was done yet\n');
  return 0;
};

/** A line that was cut off by a full disk is left out. */
async function journalOf(path: string): Promise<readonly JsonObject[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new UserError(`the journal cannot be read (${error.code}): ${path}`, {
      ...{ code: 'NOT_READ', exitCode: 1, hint: 'check its owner and mode' },
    });
  });
  const entries = text.split('\n').map(jsonObjectOf);
  return wholeEntries(entries.filter((entry) => entry !== null));
}

function entryText(entry: JsonObject): string {
  const word = (key: string): string => textOf(entry[key]) ?? '';
  const { durationMs } = entry;
  const took =
    typeof durationMs === 'number'
      ? `${word('outcome')}, ${Math.round(durationMs / 1000)} s`
      : 'begun, and its end is not known: it goes on, or its process was killed';
  const head = `${word('at')}  ${word('action')} ${word('service')}  ${took}, by ${word('actor')}`;
  const steps = objectsOf(entry['steps']).map(({ command, state, exitCode }) => {
    const exit = typeof exitCode === 'number' ? `, exit ${exitCode}` : '';
    // Whole as it stands: a shell takes the rest for a remark.
    return `  ${command}  # ${state}${exit}`;
  });
  const note = word('outcome') === 'done' || word('note') === '' ? [] : [`  ${word('note')}`];
  return `${[head, ...steps, ...note].join('\n')}\n`;
}
