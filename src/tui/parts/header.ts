import { inWords } from '../../model/in-words.ts';
import { type State, statesWorstFirst } from '../../model/state.ts';
import type { Known } from '../known.ts';
import { type Line, type Segment, seg, spread, widthOfSegments } from '../line.ts';
import { glyphOf, toneOf } from '../state-marks.ts';
import { clockWords, dayClockAndZone, type TimeFrame } from '../times.ts';

/** Whose network, how it is, and how fresh that is. */
export function headerLine(
  known: Known,
  times: TimeFrame,
  { width, clock }: { readonly width: number; readonly clock: boolean },
): Line {
  const { inventory } = known.network;
  const name = [seg(' '), seg(inventory.name, 'strong')];
  // What is only last known was seen at another time.
  const now = clock && known.restoredFrom === null ? [seg(`  ${clockWords(times)}`)] : [];
  const long = [...totals(known, true), ...freshness(known, times), ...now, seg(' ')];
  const room = width - widthOfSegments(name) - 2;
  const right = widthOfSegments(long) <= room ? long : shortRight(known, times);
  const left = width - widthOfSegments(name) - widthOfSegments(right) - 3;
  return spread([...name, seg(`  ${hostsIn(known, left)}`, 'dim')], right, { width });
}

function shortRight(known: Known, times: TimeFrame): readonly Segment[] {
  return [...totals(known, false), ...freshness(known, times), seg(' ')];
}

/** The hosts by name when all have room, else their number. */
function hostsIn({ network }: Known, room: number): string {
  const names = network.inventory.hosts.map(({ name }) => name);
  const joined = names.join('·');
  if (joined.length <= room) return joined;
  const counted = `${names.length} hosts`;
  return counted.length <= room ? counted : '';
}

/** Worst first; a state that nothing is in is left out, but for `up`. */
function totals({ report }: Known, words: boolean): readonly Segment[] {
  const shown = statesWorstFirst.filter((state) => report.summary[state] > 0 || state === 'up');
  return shown.flatMap((state) => [
    seg(totalOf(state, report.summary[state], words), toneOf(state)),
    seg(words ? '  ' : ' '),
  ]);
}

function totalOf(state: State, count: number, words: boolean): string {
  return words ? `${glyphOf(state)} ${count} ${state}` : `${glyphOf(state)}${count}`;
}

/** `live` only while it is; else what it is instead. */
function freshness(known: Known, times: TimeFrame): readonly Segment[] {
  const { paused, restoredFrom, freshness: fresh } = known;
  const pausedMark = paused ? [seg(' PAUSED ', 'alarm'), seg(' ')] : [];
  if (restoredFrom !== null) {
    const when = dayClockAndZone(restoredFrom, times);
    return [...pausedMark, seg(`last known, ${when}`, 'dim')];
  }
  if (fresh.agedMs !== null) {
    return [...pausedMark, seg(`oldest ${inWords(fresh.agedMs)}`, 'warn')];
  }
  if (fresh.measured < fresh.checks) {
    return [...pausedMark, seg(`measured ${fresh.measured}/${fresh.checks}`, 'dim')];
  }
  return paused ? pausedMark : [seg('live', 'good')];
}
