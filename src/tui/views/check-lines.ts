import { lastWordsOf } from '../../model/last-words-of.ts';
import type { CheckReport } from '../../model/report.ts';
import { classOf, type State } from '../../model/state.ts';
import { widthOf } from '../cells.ts';
import { factsInWords } from '../evidence.ts';
import type { Known } from '../known.ts';
import { sinceWords } from '../lasting.ts';
import { hanging, type Line, lineOf, padded, type Segment, seg } from '../line.ts';
import { calmToneOf, glyphOf, mark, stateWords, toneOf } from '../state-marks.ts';
import { stripLength } from '../strips.ts';
import { latencyInSteps, momentWords, type TimeFrame, upForWords } from '../times.ts';
import { noteToneOf, widthFor } from './columns.ts';
import type { DetailFrame } from './contract.ts';

/** What each check asks, by its id. */
export type Asked = ReadonlyMap<string, string>;

/** Every check with what it is worth and, below, what it asked and saw: the evidence of a state. */
export function checkLines(
  checks: readonly CheckReport[],
  frame: DetailFrame & { readonly asked?: Asked; readonly strips?: Known['strips'] },
): readonly Line[] {
  const nameWidth = widthFor(
    checks.map((check) => check.name),
    { min: 4, max: 20 },
  );
  return checks.flatMap((check) => [
    checkLine(check, nameWidth),
    ...evidenceLines(check, { ...frame, indent: nameWidth + 5 }),
    ...stripLine(frame.strips?.of(check.id, cellsOf(frame, nameWidth)) ?? '', nameWidth + 5),
  ]);
}

/** The newest of its samples that one row has room for. */
function cellsOf({ width }: DetailFrame, nameWidth: number): number {
  return Math.max(1, Math.min(stripLength, width - nameWidth - 6));
}

/** One sample is no history. */
function stripLine(strip: string, indent: number): readonly Line[] {
  return strip.length < 2 ? [] : [lineOf(' '.repeat(indent), seg(strip, 'dim'))];
}

function checkLine({ name, state, streak, note }: CheckReport, nameWidth: number): Line {
  const line = lineOf(
    ' ',
    mark(state),
    ' ',
    padded(name, nameWidth, { tone: 'strong' }),
    '  ',
    seg(stateWords(state, streak), calmToneOf(state)),
    ...(note === '' ? [] : [seg(' · ', 'dim'), seg(note, noteToneOf(state))]),
  );
  return hanging(line, nameWidth + 5);
}

function evidenceLines(
  check: CheckReport,
  {
    width,
    times,
    indent,
    asked,
  }: DetailFrame & { readonly indent: number; readonly asked?: Asked },
): readonly Line[] {
  const { fault, facts } = check;
  const question = asked?.get(check.id);
  const asks = question === undefined ? [] : [question];
  const evidence = check.state === 'unknown' ? lastKnown(facts) : factsInWords(facts);
  const seen = [...asks, ...timeWords(check, times), ...faultWords(check), ...evidence];
  const hint = fault?.hint;
  const tried = hint === undefined ? [] : [lineOf(' '.repeat(indent), `try: ${hint}`)];
  return [...tried, ...saidLines(check, indent), ...wrapped(seen, { width, indent })];
}

/** A unit's own words come first: they tell most often what is wrong. */
function saidLines({ state, facts }: CheckReport, indent: number): readonly Line[] {
  const said = classOf(state) === 'good' ? null : lastWordsOf(facts);
  if (!said) return [];
  return [lineOf(' '.repeat(indent), seg(`${said.from} said: `, 'dim'), seg(said.text, 'warn'))];
}

/** What was seen before it could not be looked at any more is not how it is. */
function lastKnown(facts: CheckReport['facts']): readonly string[] {
  const [first, ...more] = factsInWords(facts);
  return first === undefined ? [] : [`last known: ${first}`, ...more];
}

function timeWords(check: CheckReport, times: TimeFrame): readonly string[] {
  const { at, latencyMs } = check;
  if (at === null) return [];
  const answered = latencyMs === null ? [] : [`answered in ${latencyInSteps(latencyMs)}`];
  const fresh = times.mode === 'relative' && times.nowMs - Date.parse(at) < 60_000;
  const seen = fresh ? [] : [`seen ${momentWords(at, times)}`];
  return [sinceWords(check, times), ...upWords(check, times), ...seen, ...answered];
}

/** How long what answers has run, whatever kind knows it: a crash loop shows in that it is always young. */
function upWords({ facts, fault }: CheckReport, times: TimeFrame): readonly string[] {
  const { startedAt } = facts;
  if (fault || typeof startedAt !== 'string') return [];
  return [upForWords(startedAt, times)];
}

/** Whose trouble a fault is decides between down and unknown: say so. */
function faultWords({ fault, note }: CheckReport): readonly string[] {
  if (!fault) return [];
  const whose = fault.side === 'target' ? 'fault' : 'could not look:';
  return [`${whose} ${fault.code}`, ...(fault.message === note ? [] : [fault.message])];
}

/** Pieces joined by dots, on as many lines as they take. */
export function wrapped(
  words: readonly string[],
  { width, indent }: { readonly width: number; readonly indent: number },
): readonly Line[] {
  const room = Math.max(10, width - indent - 1);
  const rows: string[] = [];
  for (const word of words) {
    const last = rows.at(-1);
    const joined = last === undefined ? word : `${last} · ${word}`;
    if (last !== undefined && widthOf(joined) <= room) rows[rows.length - 1] = joined;
    else rows.push(word);
  }
  return rows.map((row) => lineOf(' '.repeat(indent), seg(row, 'dim')));
}

/** The check that explains the state: a parent's, or the worst of its own; none when all is well. */
export function brokenLayer({ because, state, checks }: Explained): readonly Segment[] {
  // Only what is down suppresses; what is seen through an unknown is unknown itself.
  if (because !== null) return layer(because, state === 'unknown' ? 'unknown' : 'down');
  const broken = checks.find((check) => classOf(check.state) === 'bad');
  return broken ? layer(broken.name, broken.state) : [];
}

interface Explained {
  readonly because: string | null;
  readonly state: State;
  readonly checks: readonly CheckReport[];
}

/** Names the layer to look at first. */
export function layer(name: string, state: State): readonly Segment[] {
  return [seg('first broken layer: '), seg(`${glyphOf(state)} ${name}`, toneOf(state))];
}
