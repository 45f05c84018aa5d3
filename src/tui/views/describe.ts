import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { CheckReport } from '../../model/report.ts';
import { truncate } from '../cells.ts';
import { type Line, lineOf, seg } from '../line.ts';
import { type SmallRow, smallTableLines } from '../small-table.tsx';
import { mark } from '../state-marks.ts';

/** More facts than these are a list of its own: JSON has them all. */
const mostRows = 40;
/** What is longer was cut where it came from, but for what a file says. */
const longestValue = 1000;

/** Every check with all that it has seen, as it stands in the JSON: a table for each. */
export function describeLines(checks: readonly CheckReport[], width: number): readonly Line[] {
  return checks.flatMap((check) => [
    lineOf(' ', mark(check.state), ' ', seg(check.id, 'strong'), seg(` · ${check.kind}`, 'dim')),
    ...tableOf(check, width - 2).map((line) => lineOf(' ', line)),
  ]);
}

const made = new WeakMap<
  JsonObject,
  { readonly width: number; readonly lines: readonly string[] }
>();

/** Drawing a table is dear: it is kept as long as the facts are the same. */
function tableOf(check: CheckReport, width: number): readonly string[] {
  const known = made.get(check.facts);
  if (known?.width === width) return known.lines;
  const rows = rowsOf(check);
  const shown = rows.slice(0, mostRows);
  const more = rows.length > mostRows ? [`and ${rows.length - mostRows} more: see the JSON`] : [];
  const inWords = shown.map(({ fact, value }) => `${fact}: ${value}`);
  const lines = [...(smallTableLines(shown, width) ?? inWords), ...more];
  made.set(check.facts, { width, lines });
  return lines;
}

function rowsOf({
  note,
  at,
  since,
  latencyMs,
  fault,
  because,
  facts,
}: CheckReport): readonly SmallRow[] {
  const rounded = latencyMs === null ? null : Math.round(latencyMs);
  const told: JsonObject = {
    note,
    at,
    since,
    latencyMs: rounded,
    because,
    ...(fault ? { fault: { ...fault } } : {}),
  };
  return [...flattened(told), ...flattened(facts)];
}

/** `disks.0.mount`: a row for each value that is not itself a list or an object. */
function flattened(value: JsonObject, prefix = ''): readonly SmallRow[] {
  return Object.entries(value).flatMap(([key, one]) => valueRows(`${prefix}${key}`, one));
}

function valueRows(fact: string, value: Json | undefined): readonly SmallRow[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) {
    const isPlain = value.every((one) => typeof one !== 'object' || one === null);
    if (isPlain) return value.length === 0 ? [] : [row(fact, value.join(', '))];
    return value.flatMap((one, index) => valueRows(`${fact}.${index}`, one));
  }
  return isJsonObject(value) ? flattened(value, `${fact}.`) : [row(fact, String(value))];
}

function row(fact: string, value: string): SmallRow {
  return { fact, value: truncate(value, longestValue) };
}
