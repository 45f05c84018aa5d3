import type { JsonObject } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import type { ExecStep, Step } from '../../model/plan.ts';
import { countOf, textOf } from '../../model/read-facts.ts';
import { execStep, notFound, type Restart } from '../restart.ts';
import { plistKeys } from './plist-keys.ts';

/** launchd's own, where a job names none (launchd.plist(5), ThrottleInterval). */
const throttleSeconds = 10;
/** Not loaded: gone, or it was never there. */
const noService = 113;
/** 5 hides much, 36 and 37 are a teardown that goes on: a later try succeeds. */
const tryAgain = { on: [5, 36, 37], waitsMs: [250, 500, 1000, 2000, 4000] };
const untilGone = { on: [0], waitsMs: [250, 250, 500, 500, 1000, 1000, 2000, 2000, 4000, 8000] };

/**
 * `kickstart -k` where launchd has what the file says, else out and in again: launchd goes on with the
 * definition that it has loaded, whatever is written since.
 */
export function restart(
  { label }: { readonly label: string },
  facts: JsonObject,
  plist: string | null,
): Restart {
  const domain = textOf(facts['domain']);
  const path = textOf(facts['path']);
  if (domain === null) return load(label, path, facts);
  const target = `${domain}/${label}`;
  const changed = plist === null ? [] : changedKeys(facts, plist);
  const isService = facts['jobKind'] === 'service';
  const minimum = countOf(facts['minimumRuntimeSeconds']) ?? throttleSeconds;
  const reload = changed.length > 0 && path !== null;
  return {
    unit: label,
    steps: [
      ...enabling(facts, target),
      ...(reload
        ? reloading({ target, domain, path, facts })
        : [execStep('restart', ['/bin/launchctl', 'kickstart', '-k', target])]),
    ],
    warnings: reload ? [`its file differs from what is loaded: ${changed.join(', ')}`] : [],
    refusal: null,
    minimumMs: isService ? minimum * 1000 : 0,
  };
}

function reloading(job: {
  readonly target: string;
  readonly domain: string;
  readonly path: string;
  readonly facts: JsonObject;
}): readonly Step[] {
  const { target, domain, path, facts } = job;
  const bootstrap: ExecStep = {
    ...execStep('load it again', ['/bin/launchctl', 'bootstrap', domain, path]),
    retry: tryAgain,
  };
  const startsItself = facts['runAtLoad'] === true && textOf(facts['held']) === null;
  return [
    { ...execStep('unload', ['/bin/launchctl', 'bootout', target]), okExits: [0, 3, noService] },
    {
      ...execStep('wait until it is gone', ['/bin/launchctl', 'print', target]),
      okExits: [noService],
      retry: untilGone,
      timeoutMs: 5000,
    },
    bootstrap,
    ...(startsItself ? [] : [execStep('start', ['/bin/launchctl', 'kickstart', target])]),
  ];
}

/** A label that no domain has: its file is loaded, where there is one. */
function load(label: string, path: string | null, facts: JsonObject): Restart {
  const domains = isJsonObject(facts['domains']) ? Object.keys(facts['domains']) : [];
  const daemon = path?.startsWith('/Library/LaunchDaemons/') ?? false;
  const domain = domains.find((one) => one.startsWith(daemon ? 'system' : 'gui/'));
  if (path === null || domain === undefined) {
    return notFound(
      label,
      'launchd does not know it, and no plist of that name is found',
      'infra apply',
    );
  }
  const doubt = textOf(facts['doubt']);
  if (doubt !== null) {
    const message = `it cannot be loaded: ${doubt}`;
    return notFound(label, message, 'log in on the screen of that Mac, and try again');
  }
  const home = path.startsWith('~/');
  const argv: ExecStep['argv'] = home
    ? ['sh', '-c', 'exec /bin/launchctl bootstrap "$1" "$HOME/$2"', 'sh', domain, path.slice(2)]
    : ['/bin/launchctl', 'bootstrap', domain, path];
  const step: ExecStep = { ...execStep('load it', argv), retry: tryAgain };
  const steps = [...enabling(facts, `${domain}/${label}`), step];
  return { unit: label, steps, warnings: [], refusal: null, minimumMs: throttleSeconds * 1000 };
}

function enabling({ disabled }: JsonObject, target: string): readonly Step[] {
  return disabled === true ? [execStep('enable', ['/bin/launchctl', 'enable', target])] : [];
}

/** Keys of its file that launchd has loaded otherwise, of those that `print` shows as they are. */
function changedKeys(facts: JsonObject, plist: string): readonly string[] {
  const keys = plistKeys(plist);
  if (keys === null) return [];
  const logs = isJsonObject(facts['logs']) ? facts['logs'] : {};
  const pairs = [
    ['Program', textOf(facts['program'])],
    ['StandardOutPath', textOf(logs['stdout'])],
    ['StandardErrorPath', textOf(logs['stderr'])],
    ['StartInterval', countOf(facts['intervalSeconds'])],
    ['ThrottleInterval', countOf(facts['minimumRuntimeSeconds'])],
  ] as const;
  return pairs
    .filter(([key, loaded]) => {
      const written = keys.get(key)?.text;
      return written !== undefined && loaded !== null && written.trim() !== String(loaded);
    })
    .map(([key]) => key);
}
