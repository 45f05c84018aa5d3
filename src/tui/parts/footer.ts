import type { Act } from '../act.ts';
import type { ActionView } from '../action-view.ts';
import { auditHintsOf } from '../audit-keymap.ts';
import { truncate } from '../cells.ts';
import { eventsOf } from '../events.ts';
import { hiddenAuditHints } from '../hidden-audit.ts';
import { keymap } from '../keymap.ts';
import {
  fitSegments,
  type Line,
  lineOf,
  type Segment,
  seg,
  spread,
  widthOfSegments,
} from '../line.ts';
import { logsKeymap } from '../logs-keymap.ts';
import { type Shown, timeFrameOf } from '../shown.ts';
import { zoneWords } from '../times.ts';
import { shownTab, type Tab } from '../ui-state.ts';
import { wrapLine } from '../wrap-line.ts';

/** The footer, on more lines where what the last key had to say has no room on one. */
export function footerLines(shown: Shown, width: number): readonly Line[] {
  const { message } = shown.ui;
  const told = lineOf(' ', seg(message ?? '', 'strong'));
  if (message === null || widthOfSegments(told.segments) <= width) {
    return [footerLine(shown, width)];
  }
  return wrapLine(told, width).slice(0, mostLines);
}

/** Of a terminal's rows, ten at least. */
const mostLines = 4;

/** What the last key had to say, else what stands in the way, else the keys that act here. */
function footerLine({ ui, known, meta, action, audit }: Shown, width: number): Line {
  const times = timeFrameOf({ ui, known, meta });
  const told = ui.message;
  const isZoned = times.mode !== 'relative' || meta.clock === true || ui.logs?.times === true;
  const right = isZoned ? [seg(`times ${zoneWords(times)} `, 'dim')] : [];
  const room = width - widthOfSegments(right) - 1;
  const left =
    told === null
      ? noticeOrHints({ ui, action, audit, known }, known.notice, room)
      : [seg(' '), seg(told, 'strong')];
  return right.length === 0 ? lineOf(...fitSegments(left, width)) : spread(left, right, { width });
}

type Over = Pick<Shown, 'ui' | 'action' | 'audit' | 'known'>;

/** An alarm stands until it is over, so the keys stay beside it; what is asked or typed needs all of them. */
function noticeOrHints(over: Over, notice: string | null, room: number): readonly Segment[] {
  if (notice === null || isAsked(over)) return hints(over, room);
  // Below that an alarm needs the line for itself.
  const least = room < 80 ? 0 : widthOfSegments(keyHints(wayOut, room));
  const alarm = [seg(' '), seg(` ${truncate(notice, room - 3 - least)} `, 'alarm')];
  return [...alarm, ...hints(over, room - widthOfSegments(alarm))];
}

function isAsked({ ui, action }: Over): boolean {
  const isInLogs = (ui.logs?.typing ?? null) !== null;
  const isTyped = ui.typing || ui.events?.typing || ui.audit?.typing || isInLogs;
  return isTyped || ui.palette !== null || (action !== null && !ui.actionHidden);
}

function hints({ ui, action, audit, known }: Over, room: number): readonly Segment[] {
  if (action && !ui.actionHidden) return keyHints(actionHints(action), room);
  if (ui.palette) return keyHints(paletteHints, room);
  if (ui.help) return keyHints(helpHints, room);
  if (ui.audit && audit) return keyHints(auditHintsOf(audit, ui.audit), room);
  if (ui.logs) return ui.logs.typing === null ? keyHints(logsHints, room) : promptHints('');
  if (ui.typing) return promptHints();
  if (ui.events?.typing) return promptHints();
  if (ui.events) {
    const isEmpty = eventsOf(known, ui.events.filter).length === 0;
    return keyHints(isEmpty ? eventHints.slice(1) : eventHints, room);
  }
  if (shownTab(ui).details) {
    return keyHints(
      [
        ['esc', 'back'],
        ['j k', 'scroll'],
        ['n', 'next'],
        ['y', 'copy id'],
        ['?', 'help'],
      ],
      room,
    );
  }
  const shown = keymap
    .filter(({ hint, act }) => hint !== undefined && actsOn(ui.tab, act))
    .toSorted((a, b) => order(a.hint) - order(b.hint))
    .map(({ keys, hint }) => [keys[0] ?? '', hint ?? ''] as const);
  // What differs is what one comes to Drift for.
  const onTab = ui.tab === 'drift' ? shown.with(0, ['d', 'diff']) : shown;
  return keyHints([...hiddenAuditHints(ui, audit), ...onTab], room);
}

/** What acts on some tabs only. */
const actingOn: Readonly<Partial<Record<Act, readonly Tab[]>>> = {
  restart: ['services'],
  logs: ['services', 'functions'],
  actions: ['services', 'functions', 'drift'],
  apply: ['drift'],
};

function actsOn(tab: Tab, act: Act | undefined): boolean {
  return act === undefined || (actingOn[act]?.includes(tab) ?? true);
}

function actionHints({ title, phase, may, wantsName }: ActionView): readonly Hint[] {
  const [word = ''] = title.split(' ');
  if (phase === 'choosing')
    return [
      ['enter', 'plan it'],
      ['j k', 'choose'],
      ['esc', 'leave'],
    ];
  if (phase === 'asking' && may !== null && wantsName)
    return [
      ['enter', `${word}, when its name is typed`],
      ['esc', 'leave'],
    ];
  if (phase === 'acting') return [['esc', 'back to the table meanwhile']];
  if (phase !== 'asking') return [['esc', 'close']];
  const act = { act: [['y', word]], force: [['F', `${word} all the same`]], none: [] } as const;
  return [...act[may ?? 'none'], ['n', 'leave']];
}

const logsHints = logsKeymap.flatMap(({ keys, hint, act }) =>
  hint === undefined
    ? []
    : [[act === 'window' ? `${keys[0]}–${keys.at(-1)}` : (keys[0] ?? ''), hint] as const],
);

const helpHints = [
  ['esc', 'close'],
  ['j k', 'scroll'],
] as const;

const paletteHints = [
  ['enter', 'do it'],
  ['↑ ↓', 'choose'],
  ['esc', 'close'],
] as const;

const eventHints = [
  ['enter', 'go to it'],
  ['/', 'filter'],
  ['esc', 'back'],
  ['?', 'help'],
] as const;

/** The order of use, not of the table. */
const hintOrder = [
  'details',
  'restart',
  'logs',
  'apply',
  'actions',
  'filter',
  'trouble',
  'next',
  'help',
  'quit',
];

function order(hint: string | undefined): number {
  return hintOrder.indexOf(hint ?? '');
}

const wayOut = [
  ['?', 'help'],
  ['q', 'quit'],
] as const;

type Hint = readonly [key: string, word: string];

/** Whole hints only: half a hint explains nothing. The way to all others, and the way out, go last. */
function keyHints(hints: readonly Hint[], room: number): readonly Segment[] {
  const segments = hints.flatMap(([key, word]) => [seg(' '), seg(key, 'accent'), seg(` ${word} `)]);
  if (hints.length === 0 || widthOfSegments(segments) <= room) return segments;
  const goes = hints.findLastIndex(
    ([key]) => key !== 'esc' && wayOut.every(([one]) => one !== key),
  );
  const left = hints.toSpliced(goes < 0 ? hints.length - 1 : goes, 1);
  return keyHints(left, room);
}

/** Lists are narrowed by what logs do not have. */
function promptHints(narrowing = ' · k:manager s:state h:host'): readonly Segment[] {
  return [
    seg(' enter', 'accent'),
    seg(' keep  '),
    seg('esc', 'accent'),
    seg(' clear  '),
    seg(`text · regex · ~fuzzy · !not${narrowing}`, 'dim'),
  ];
}
