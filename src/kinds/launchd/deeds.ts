import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { countOf, textOf, textsOf } from '../../model/read-facts.ts';
import { type Deed, deedOf, notFound } from '../deed.ts';
import { enabling, launchctl, loading, unloading } from './launchctl-steps.ts';

/** launchd's own, where a job names none (launchd.plist(5), ThrottleInterval). */
const throttleSeconds = 10;

/** What launchctl can do to a label, loaded or not. */
export function deeds({ label }: { readonly label: string }, facts: JsonObject): readonly Deed[] {
  const domain = textOf(facts['domain']);
  if (domain === null) return ofMissing(label, facts);
  const job = { label, domain, facts, target: `${domain}/${label}` };
  return inDomain(domain, [restart(job), start(job), stop(job), ...overrides(job)]);
}

/** What is the system's is root's. */
function inDomain(domain: string, deeds: readonly Deed[]): readonly Deed[] {
  return domain === 'system' ? deeds.map((one) => ({ ...one, needsRoot: 'yes' })) : deeds;
}

/** A job that is loaded. */
interface Job {
  readonly label: string;
  readonly domain: string;
  readonly target: string;
  readonly facts: JsonObject;
}

/**
 * `kickstart -k` where launchd has what the file says, else out and in again: launchd goes on with the
 * definition that it has loaded, whatever is written since.
 */
function restart(job: Job): Deed {
  const { label, target, domain, facts } = job;
  const path = textOf(facts['path']);
  const changed = textsOf(facts['fileDiffers']);
  const startsItself = facts['runAtLoad'] === true && textOf(facts['held']) === null;
  const reload =
    path === null || (changed.length === 0 && facts['isWritten'] !== true)
      ? [launchctl('restart', 'kickstart', '-k', target)]
      : [
          ...unloading(target),
          loading('load it again', domain, path),
          ...(startsItself ? [] : [launchctl('start', 'kickstart', target)]),
        ];
  return deedOf('restart', label, {
    steps: [...enabling(facts, target), ...reload],
    warnings:
      changed.length > 0 ? [`its file differs from what is loaded: ${changed.join(', ')}`] : [],
    minimumMs: comesUpMs(facts),
  });
}

function comesUpMs(facts: JsonObject): number {
  if (facts['jobKind'] !== 'service') return 0;
  return (countOf(facts['minimumRuntimeSeconds']) ?? throttleSeconds) * 1000;
}

function start({ label, target, facts }: Job): Deed {
  const needless = countOf(facts['pid']) === null ? null : 'it runs already';
  return deedOf('start', label, {
    steps:
      needless === null
        ? [...enabling(facts, target), launchctl('start', 'kickstart', target)]
        : [],
    ...{ needless, minimumMs: comesUpMs(facts) },
  });
}

/** What is only killed launchd starts again: it is unloaded. */
function stop({ label, target }: Job): Deed {
  return deedOf('stop', label, {
    steps: unloading(target),
    warnings: ['launchd loads it again at the next login or boot, unless it is disabled too'],
    isDone: ({ domain }) => domain === null,
  });
}

/** Whether launchd may start it, which it keeps over a boot. */
function overrides({ label, domain, facts }: Pick<Job, 'label' | 'domain' | 'facts'>) {
  const { disabled } = facts;
  const change = (verb: 'enable' | 'disable') => [launchctl(verb, verb, `${domain}/${label}`)];
  // Both end with 0 whatever they have done: what launchd has kept is looked at.
  return [
    deedOf('enable', label, {
      steps: disabled === false ? [] : change('enable'),
      needless: disabled === false ? 'it is not disabled' : null,
      isDone: (seen) => seen['disabled'] === false,
    }),
    deedOf('disable', label, {
      steps: disabled === true ? [] : change('disable'),
      needless: disabled === true ? 'it is disabled already' : null,
      isDone: (seen) => seen['disabled'] === true,
      warnings:
        disabled === true ? [] : ['what runs goes on; it is not loaded at the next login or boot'],
    }),
  ];
}

/** A label that no domain has: its file is loaded, where there is one. */
function ofMissing(label: string, facts: JsonObject): readonly Deed[] {
  const stop = deedOf('stop', label, { needless: 'it is not loaded' });
  const found = placeOf(facts);
  if ('code' in found) {
    return [
      deedOf('restart', label, { refusal: found }),
      deedOf('start', label, { refusal: found }),
      stop,
    ];
  }
  const { domain, path } = found;
  const steps = [...enabling(facts, `${domain}/${label}`), loading('load it', domain, path)];
  const load = { steps, minimumMs: throttleSeconds * 1000 };
  return inDomain(domain, [
    deedOf('restart', label, load),
    deedOf('start', label, load),
    stop,
    ...overrides({ label, domain, facts }),
  ]);
}

/** Where it would be loaded, and from which file; else why it cannot be. */
function placeOf(facts: JsonObject) {
  const path = textOf(facts['path']);
  const domains = isJsonObject(facts['domains']) ? Object.keys(facts['domains']) : [];
  const daemon = path?.startsWith('/Library/LaunchDaemons/') ?? false;
  const domain = domains.find((one) => one.startsWith(daemon ? 'system' : 'gui/'));
  if (path === null || domain === undefined) {
    return notFound('launchd does not know it, and no plist of that name is found', 'infra apply');
  }
  const doubt = textOf(facts['doubt']);
  if (doubt === null) return { path, domain };
  return notFound(
    `it cannot be loaded: ${doubt}`,
    'log in on the screen of that Mac, and try again',
  );
}
