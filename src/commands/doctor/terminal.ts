import type { DoctorItem } from '../../outputs/doctor-page.ts';
import type { Context } from '../context.ts';
import { colourDepth } from '../theme.ts';
import { type Finding, type Ground, itemOf, probe } from './probe.ts';
import { thisHost } from './this-host.ts';

type Terminal = Pick<Context, 'env' | 'isTty'>;

/** What the cockpit is drawn on: kind, colours, letters. */
export function terminalItems(terminal: Terminal): readonly DoctorItem[] {
  return [
    itemOf({ id: 'terminal/type', title: 'terminal' }, typeOf(terminal)),
    itemOf({ id: 'terminal/colours', title: 'colours' }, coloursOf(terminal)),
    itemOf({ id: 'terminal/locale', title: 'locale' }, localeOf(terminal)),
  ];
}

function typeOf({ env, isTty }: Terminal): Finding {
  if (!isTty) {
    const note = 'stdin and stdout are no terminal here: the status page stands in for the cockpit';
    return { state: 'not-needed', note };
  }
  const type = env['TERM'] ?? '';
  if (type !== '' && type !== 'dumb') return { state: 'ok', note: type };
  const fix = 'export TERM=xterm-256color, or whatever this terminal is';
  const what = type === '' ? 'TERM is not set' : 'TERM is dumb';
  return { state: 'warning', note: `${what}: the cockpit does not open on it`, fix };
}

function coloursOf({ env }: Terminal): Finding {
  if ((env['NO_COLOR'] ?? '') !== '') return { state: 'ok', note: 'off, by NO_COLOR' };
  const type = env['TERM'] ?? '';
  if (type === '' || type === 'dumb') {
    return { state: 'not-needed', note: 'none without a terminal; signs and words tell it all' };
  }
  return { state: 'ok', note: colourDepth(env) };
}

/** As setlocale(3) looks: the first of these that is set and not empty. */
function localeOf({ env }: Terminal): Finding {
  const name = ['LC_ALL', 'LC_CTYPE', 'LANG'].find((one) => (env[one] ?? '') !== '');
  const value = name === undefined ? '' : `${name}=${env[name]}`;
  if (/utf-?8/i.test(value)) return { state: 'ok', note: value };
  const note = value === '' ? 'none is set' : `${value} is not UTF-8`;
  const fix = 'export LC_ALL=C.UTF-8, else tmux and some terminals show other signs';
  return { state: 'warning', note, fix };
}

/** Within tmux the cockpit hears that it is looked at again only when tmux passes that on. */
export function tmuxItem(ground: Ground): Promise<DoctorItem> {
  const subject = { id: 'terminal/tmux', title: 'tmux', trouble: 'warning' } as const;
  return probe(subject, ground, async () => {
    if ((ground.context.env['TMUX'] ?? '') === '') {
      return { state: 'not-needed', note: 'this is not within tmux' };
    }
    const argv = ['tmux', 'show-options', '-gv', 'focus-events'] as const;
    const { stdout } = await ground.transports.exec({ on: thisHost, argv }, ground.options);
    if (stdout.trim() === 'on') return { state: 'ok', note: 'focus-events is on' };
    return {
      state: 'warning',
      note: 'focus-events is off: the cockpit does not hear that it is looked at again',
      fix: 'tmux set -g focus-events on, and the line `set -g focus-events on` in ~/.tmux.conf',
    };
  });
}
