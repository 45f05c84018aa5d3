import type { AppReport, FunctionReport } from '../../model/report.ts';
import { runs24hText } from '../../outputs/function-text.ts';
import { widthOf } from '../cells.ts';
import type { Known } from '../known.ts';
import { sinceWords } from '../lasting.ts';
import { hanging, type Line, lineOf, type Segment, seg } from '../line.ts';
import { calmToneOf, mark, stateWords } from '../state-marks.ts';
import { comingWords, dayClockAndZone, latencyInSteps, momentWords } from '../times.ts';
import { layer, wrapped } from './check-lines.ts';
import { noteToneOf } from './columns.ts';
import type { Detail, DetailFrame } from './contract.ts';

const indent = 11;

/** A function: how it stands, what starts it, how its last run ended, in its own words. */
export function functionDetail(known: Known, item: FunctionReport, frame: DetailFrame): Detail {
  const { slug, server, state, streak, note, triggers, because } = item;
  const app = known.report.functions.apps.find((one) => one.server === server);
  return {
    title: [seg(slug, 'strong'), seg(` · of ${item.app || 'an app'} on ${server}`)],
    aside: because === null ? [] : layer(because, 'down'),
    lines: [
      lineOf(
        ' ',
        mark(state),
        ' ',
        seg(stateWords(state, streak), calmToneOf(state)),
        seg(` · ${sinceWords(item, frame.times)}`, 'dim'),
      ),
      ...paragraph('', note, { ...frame, tone: noteToneOf(state) }),
      ...acceptLines(item, app),
      ...(triggers.length === 0 ? [labelled('triggers', seg('none known', 'dim'))] : []),
      ...triggers.map(({ type, value }, index) =>
        labelled(index === 0 ? 'triggers' : '', `${type.toLowerCase()} `, seg(value, 'accent')),
      ),
      ...nextLines(item, frame),
      ...runLines(item, frame),
      labelled('24 h', runs24hText(item), seg(countedWords(app, frame), 'dim')),
      ...(app ? [labelled('server', seg(app.url, 'dim'))] : []),
    ],
  };
}

/** What was taken away on purpose is told until somebody says so. */
function acceptLines({ marks }: FunctionReport, app: AppReport | undefined): readonly Line[] {
  const isMissing = marks.includes('missing') && app?.expect === null;
  if (!isMissing && !marks.includes('triggers-changed')) return [];
  return [labelled('', seg('if it was meant: joelclaw functions accept', 'dim'))];
}

/** Only what the clock starts has a next run. */
function nextLines({ nextRun }: FunctionReport, { times }: DetailFrame): readonly Line[] {
  if (nextRun === null) return [];
  const when = times.mode === 'relative' ? ` · ${dayClockAndZone(nextRun, times)}` : '';
  return [labelled('next run', comingWords(nextRun, times), seg(when, 'dim'))];
}

function runLines({ lastRun }: FunctionReport, frame: DetailFrame): readonly Line[] {
  if (!lastRun) return [labelled('last run', seg('none in the last 24 h', 'dim'))];
  const { id, status, at, durationMs, error } = lastRun;
  const took = durationMs === null ? '' : ` · took ${latencyInSteps(durationMs)}`;
  return [
    labelled(
      'last run',
      seg(status.toLowerCase(), status === 'FAILED' ? 'warn' : 'plain'),
      seg(` · ${momentWords(at, frame.times)}${took} · ${id}`, 'dim'),
    ),
    ...(error === null ? [] : paragraph('error', error, { ...frame, tone: 'warn' })),
  ];
}

/** What the server and the worker say of an app, against what is expected. */
export function appDetail(known: Known, app: AppReport, { width }: DetailFrame): Detail {
  const { server, url, expect, registered, served, expected, missing, unexpected, because } = app;
  const worker = known.network.inventory.inngest.find(({ name }) => name === server)?.worker;
  const frame = { width, tone: noteToneOf(app.state) };
  return {
    title: [seg(app.app ?? server, 'strong'), seg(` · served by ${server}`)],
    aside: because === null ? [] : layer(because, 'down'),
    lines: [
      ...paragraph('', app.note, frame),
      ...(app.fault?.hint === undefined
        ? []
        : paragraph('try', app.fault.hint, { ...frame, tone: 'plain' })),
      labelled('server', seg(url, 'dim')),
      labelled('worker', seg(worker ?? 'none declared', 'dim')),
      labelled(
        'counts',
        `registered ${countText(registered)} · served ${countText(served)} · expected ${countText(expected)}`,
      ),
      ...(missing.length === 0 ? [] : paragraph('missing', missing.join(', '), frame)),
      ...(unexpected.length === 0 ? [] : paragraph('unexpected', unexpected.join(', '), frame)),
      ...(expect === null
        ? [labelled('expect', seg('the set that was last seen: none is declared', 'dim'))]
        : [
            labelled('expect', `${expect.length} functions`),
            ...wrapped(expect, { width, indent }),
          ]),
    ],
  };
}

/** A server that runs much tells only of its newest runs. */
function countedWords(app: AppReport | undefined, { times }: DetailFrame): string {
  const since = app?.countedSince ?? null;
  return since === null
    ? ''
    : ` · counted since ${momentWords(since, times)}, as there are so many`;
}

function countText(count: number | null): string {
  return count === null ? 'not known' : String(count);
}

function label(text: string): string {
  return ` ${text}`.padEnd(indent);
}

function labelled(title: string, ...told: readonly (Segment | string)[]): Line {
  return hanging(lineOf(label(title), ...told), indent);
}

interface Paragraph {
  readonly width: number;
  readonly tone: 'plain' | 'warn' | 'fault' | 'dim';
}

/** Text on as many lines as it takes, the label before the first; no line for none. */
function paragraph(title: string, text: string, { width, tone }: Paragraph): readonly Line[] {
  const room = Math.max(10, width - indent - 1);
  const rows: string[] = [];
  for (const word of text.split(' ').filter((one) => one !== '')) {
    const last = rows.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= room) {
      rows[rows.length - 1] = `${last} ${word}`;
    } else rows.push(word);
  }
  return rows.map((row, index) => labelled(index === 0 ? title : '', seg(row, tone)));
}
