import type { Tone } from './line.ts';

/** What is written before and after a piece of text: SGR (ECMA-48 §8.3.117). */
interface Look {
  readonly on: string;
  readonly off: string;
}

export type Looks = Readonly<Record<Tone, Look>>;

/**
 * `terminal` leaves all colours to the terminal's own 16; `dark` and `light` fit such a ground;
 * `colour-blind` tells well from bad by blue against orange, on either; `mono` has no colour.
 */
export const themeNames = ['terminal', 'dark', 'light', 'colour-blind', 'mono'] as const;

export type ThemeName = (typeof themeNames)[number];

const nothing: Look = { on: '', off: '' };
const bold: Look = { on: '\u001b[1m', off: '\u001b[22m' };
const reversed: Look = { on: '\u001b[7m', off: '\u001b[27m' };

/** The first style is put on first and taken off last. */
function both(outer: Look, inner: Look): Look {
  return { on: outer.on + inner.on, off: inner.off + outer.off };
}

function colour(sgr: string): Look {
  return { on: `\u001b[${sgr}m`, off: '\u001b[39m' };
}

/** The SGR colours that a theme is made of. */
interface Colours {
  readonly accent: string;
  readonly good: string;
  readonly warn: string;
  readonly bad: string;
  readonly unsure: string;
  /** Faint text: a colour of its own, or the terminal's dimming. */
  readonly dim: string;
}

function looksIn({ accent, good, warn, bad, unsure, dim }: Colours): Looks {
  return {
    plain: nothing,
    strong: bold,
    dim: dim === '2' ? { on: '\u001b[2m', off: '\u001b[22m' } : colour(dim),
    accent: colour(accent),
    good: colour(good),
    warn: colour(warn),
    bad: both(bold, colour(bad)),
    fault: colour(bad),
    unsure: colour(unsure),
    badge: both(reversed, colour(accent)),
    alarm: both(both(bold, reversed), colour(warn)),
  };
}

const terminal = looksIn({
  accent: '36',
  good: '32',
  warn: '33',
  bad: '31',
  unsure: '35',
  dim: '2',
});

/** Of the 256 colours (xterm): `n` by its number. */
function c(n: number): string {
  return `38;5;${n}`;
}

const looks: Readonly<Record<ThemeName, Looks>> = {
  terminal,
  dark: looksIn({
    accent: c(80),
    good: c(114),
    warn: c(221),
    bad: c(203),
    unsure: c(176),
    dim: c(245),
  }),
  light: looksIn({
    accent: c(25),
    good: c(28),
    warn: c(130),
    bad: c(160),
    unsure: c(91),
    dim: c(242),
  }),
  'colour-blind': looksIn({
    accent: c(39),
    good: c(32),
    warn: c(178),
    bad: c(202),
    unsure: c(139),
    dim: c(244),
  }),
  // Weight and reversal only, which NO_COLOR leaves allowed.
  mono: {
    ...terminal,
    accent: nothing,
    good: nothing,
    warn: bold,
    bad: bold,
    fault: nothing,
    unsure: nothing,
    badge: reversed,
    alarm: both(bold, reversed),
  },
};

export function looksOf(theme: ThemeName): Looks {
  return looks[theme];
}
