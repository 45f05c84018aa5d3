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
  const told = [...freshness(known, times), ...now, seg(' ')];
  const room = width - widthOfSegments(name) - 2;
  const long = [...totals(known, { gap: '  ', word: (state) => state }), ...told];
  const right = widthOfSegments(long) <= room ? long : tightRight(known, times, width);
  const left = width - widthOfSegments(right) - 3;
  if (left < leastName) return spread([], right, { width });
  const hosts = hostsIn(known, left - widthOfSegments(name));
  return spread([...name, seg(`  ${hosts}`, 'dim')], right, { width });
}

/** A name that is cut to fewer cells says nothing. */
const leastName = 3;

/** Words before a name: whole ones, short ones, then none for what is well, and last for what is worst. */
function tightRight(known: Known, times: TimeFrame, width: number): readonly Segment[] {
  const told = freshness(known, times);
  const withWords = (count: number): readonly Segment[] => [
    ...totals(known, { word: (state, index) => (index < count ? shortWords[state] : '') }),
    ...told,
  ];
  const whole = [...totals(known, { word: (state) => state }), ...told];
  const shorter = statesWorstFirst.map((_, index) => withWords(statesWorstFirst.length - index));
  const fitting = [whole, ...shorter].find((right) => widthOfSegments(right) < width);
  return fitting ?? withWords(0);
}

const shortWords: Readonly<Record<State, string>> = {
  down: 'down',
  degraded: 'degr',
  unknown: 'unkn',
  suppressed: 'supp',
  up: 'up',
  idle: 'idle',
  'n/a': 'n/a',
};

/** The hosts by name when all have room, else their number. */
function hostsIn({ network }: Known, room: number): string {
  const names = network.inventory.hosts.map(({ name }) => name);
  const joined = names.join('·');
  if (joined.length <= room) return joined;
  const counted = `${names.length} hosts`;
  return counted.length <= room ? counted : '';
}

interface Wording {
  /** Between two of them, and on either side of a number; none is a tight row. */
  readonly gap?: string;
  /** `index` counts those that are shown. */
  readonly word: (state: State, index: number) => string;
}

/** Worst first; a state that nothing is in is left out, but for `up`. */
function totals({ report }: Known, { gap, word }: Wording): readonly Segment[] {
  const shown = statesWorstFirst.filter((state) => report.summary[state] > 0 || state === 'up');
  return shown.flatMap((state, index) => {
    const words = word(state, index);
    const counted = `${glyphOf(state)}${gap === undefined ? '' : ' '}${report.summary[state]}`;
    return [seg(words === '' ? counted : `${counted} ${words}`, toneOf(state)), seg(gap ?? ' ')];
  });
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
