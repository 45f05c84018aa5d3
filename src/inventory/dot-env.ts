import type { InventoryFault } from './fault.ts';

const quoted = 'write it as NAME="value", on one line or up to its closing quote';

/**
 * The lines of a `.env` that Node passes over or does not take whole (util.parseEnv), by their places
 * alone: the text of such a line may be a secret.
 */
export function dotEnvFaults(file: string, text: string): readonly InventoryFault[] {
  const faults: InventoryFault[] = [];
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; ) {
    const { fault, height } = entryAt(lines, index);
    if (fault) faults.push({ file, line: index + 1, path: '', ...fault });
    index += height;
  }
  return faults;
}

interface Entry {
  readonly fault: Pick<InventoryFault, 'column' | 'message' | 'hint'> | null;
  /** How many lines it takes. */
  readonly height: number;
}

function entryAt(lines: readonly string[], index: number): Entry {
  const line = lines[index] ?? '';
  const begin = line.length - line.trimStart().length;
  if (/^\s*(?:#|$)/.test(line)) return { fault: null, height: 1 };
  const head = /^\s*(?:export\s+)?[A-Za-z_][\w.-]*\s*=\s*/.exec(line)?.[0];
  if (head === undefined) {
    const hint = 'NAME=value, or # before what is a remark';
    return { fault: { column: begin + 1, message: 'is no NAME=value', hint }, height: 1 };
  }
  return valueAt(lines, index, head.length);
}

/** Node takes a # for the begin of a remark wherever it stands; a shell does so only after a blank. */
function plainAt(line: string, start: number): Entry {
  const at = line.slice(start).search(/(?<=\S)#/);
  if (at < 0) return { fault: null, height: 1 };
  const message = 'its value ends at the #';
  const hint = 'write it as NAME="value", or a blank before the # of a remark';
  return { fault: { column: start + at + 1, message, hint }, height: 1 };
}

/** A value that begins with a quote goes on to the next one like it, over lines too. */
function valueAt(lines: readonly string[], index: number, start: number): Entry {
  const rest = [(lines[index] ?? '').slice(start), ...lines.slice(index + 1)].join('\n');
  const [quote = ''] = rest;
  if (!/["'`]/.test(quote)) return plainAt(lines[index] ?? '', start);
  const end = rest.indexOf(quote, 1);
  const column = start + 1;
  if (end < 0)
    return { fault: { column, message: 'its quote is not closed', hint: quoted }, height: 1 };
  const height = rest.slice(0, end).split('\n').length;
  const [after = ''] = rest.slice(end + 1).split('\n');
  const isWhole = /^\s*(?:#|$)/.test(after);
  const message = 'goes on after its closing quote';
  return { fault: isWhole ? null : { column, message, hint: quoted }, height };
}
