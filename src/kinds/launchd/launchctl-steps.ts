import type { JsonObject } from '../../model/json.ts';
import type { ExecStep } from '../../model/plan.ts';
import { execStep } from '../deed.ts';

/** Not loaded: gone, or it was never there. */
const noService = 113;
/** 5 hides much, 36 and 37 are a teardown that goes on: a later try succeeds. */
const tryAgain = { on: [5, 36, 37], waitsMs: [250, 500, 1000, 2000, 4000] };
const untilGone = { on: [0], waitsMs: [250, 250, 500, 500, 1000, 1000, 2000, 2000, 4000, 8000] };

/** `launchctl VERB WORD…` */
export function launchctl(title: string, ...words: readonly string[]): ExecStep {
  return execStep(title, ['/bin/launchctl', ...words]);
}

/** Out, and not further before it is gone: `bootout` returns before its job has ended. */
export function unloading(target: string): readonly ExecStep[] {
  return [
    { ...launchctl('unload', 'bootout', target), okExits: [0, 3, noService] },
    {
      ...launchctl('wait until it is gone', 'print', target),
      ...{ okExits: [noService], retry: untilGone, timeoutMs: 5000 },
    },
  ];
}

/** In, also while the one of before still goes; `~/` is the home of who is asked. */
export function loading(title: string, domain: string, path: string): ExecStep {
  const argv: ExecStep['argv'] = path.startsWith('~/')
    ? ['sh', '-c', 'exec /bin/launchctl bootstrap "$1" "$HOME/$2"', 'sh', domain, path.slice(2)]
    : ['/bin/launchctl', 'bootstrap', domain, path];
  return { ...execStep(title, argv), retry: tryAgain };
}

/** A label that is disabled is not started by anything. */
export function enabling({ disabled }: JsonObject, target: string): readonly ExecStep[] {
  return disabled === true ? [launchctl('enable', 'enable', target)] : [];
}
