import type { State } from '../model/state.ts';
import { glyphs } from './glyphs.ts';
import { painter } from './paint.ts';

/** `missing` is needed and not usable; `warning` works and should be looked at. */
export type DoctorState = 'ok' | 'warning' | 'missing' | 'not-needed';

/** One thing that joelclaw stands on. `fix` says what to do, a step on each line; '' when nothing. */
export interface DoctorItem {
  /** `ssh/nas/login`: stable, for agents. */
  readonly id: string;
  readonly title: string;
  readonly state: DoctorState;
  readonly note: string;
  readonly fix: string;
}

/** Shown in the colour and with the sign of a state that every other page has. */
const likeState: Readonly<Record<DoctorState, State>> = {
  ok: 'up',
  warning: 'degraded',
  missing: 'down',
  'not-needed': 'n/a',
};

/** A row for each item, below it what to do; the last line counts. */
export function doctorPage(items: readonly DoctorItem[], color: boolean): string {
  const paint = painter(color);
  const widest = Math.max(4, ...items.map(({ title }) => title.length));
  const head = paint('bold', `  ${'WHAT'.padEnd(widest)}  ${'STATE'.padEnd(10)}  NOTE`);
  const rows = items.flatMap(({ title, state, note, fix }) => {
    const like = likeState[state];
    const words = state.replace('-', ' ').padEnd(10);
    const row = `${paint(like, glyphs[like])} ${title.padEnd(widest)}  ${words}  ${note}`;
    return [row.trimEnd(), ...steps(fix).map((step) => `    → ${step}`)];
  });
  return `${[head, ...rows, '', countLine(items)].join('\n')}\n`;
}

function steps(fix: string): readonly string[] {
  return fix === '' ? [] : fix.split('\n');
}

function countLine(items: readonly DoctorItem[]): string {
  const count = (state: DoctorState): number => items.filter((one) => one.state === state).length;
  const [missing, warnings] = [count('missing'), count('warning')];
  const told = [
    `${missing} missing`,
    `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
    `${count('ok')} ok`,
    `${count('not-needed')} not needed`,
  ];
  return told.join(', ');
}
