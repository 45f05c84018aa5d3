import { stateOfItem } from '../../model/file-verdict.ts';
import { pathOf } from '../../model/inventory.ts';
import type { DriftItem } from '../../model/report.ts';
import { hanging, type Line, lineOf, type Segment, seg, type Tone } from '../line.ts';
import { toneOf } from '../state-marks.ts';
import type { Detail } from './contract.ts';

/** Where a managed file comes from and goes to, and what an apply would change, line by line. */
export function driftDetail(item: DriftItem): Detail {
  const { id, source, host, service, verdict, note, because, change } = item;
  const said = note === '' ? '' : ` · ${note}`;
  return {
    title: [seg(id, 'strong'), seg(service === null ? '' : ` · of ${service}`)],
    aside: [],
    lines: [
      about('repo', seg(source, 'dim')),
      about('live', seg(`${host ?? 'cluster'} ${pathOf(item) ?? ''}`.trimEnd(), 'dim')),
      about('verdict', seg(verdict, toneOf(stateOfItem(item))), seg(said)),
      ...(because === null ? [] : [about('because', seg(because))]),
      ...(change ? [lineOf(''), ...change.lines.map(changeLine)] : []),
    ],
  };
}

const labelled = 10;

function about(label: string, ...told: readonly Segment[]): Line {
  return hanging(lineOf(` ${label}`.padEnd(labelled), ...told), labelled);
}

/** Behind the sign. */
const changedAt = 2;

const tones: Readonly<Record<string, Tone>> = { '+': 'good', '-': 'fault', '@': 'accent' };

/** What stands there now goes (`-`), what the repo says comes (`+`). */
function changeLine(line: string): Line {
  return hanging(lineOf(seg(` ${line}`, tones[line.charAt(0)] ?? 'dim')), changedAt);
}
