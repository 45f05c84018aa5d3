import type { ObserveContext } from '../contract.ts';
import type { Survival } from '../unit/facts.ts';
import type { FileStats } from '../unit/stat-files.ts';
import type { LoadedFacts } from './facts.ts';
import { plistKeys } from './plist-keys.ts';
import { textOf } from './text-of.ts';

/** A job by its label, and the user in whose domains it was looked for. */
interface Job {
  readonly label: string;
  readonly uid: number;
  readonly facts: LoadedFacts;
}

/**
 * Whether launchd starts a job again after a reboot. `print` names the file that a link leads to, so
 * that what was loaded through one lies elsewhere: launchd ignores links at boot since macOS 14.
 */
export async function survivalOf(
  job: Job,
  files: FileStats,
  context: ObserveContext,
): Promise<Survival> {
  const { path, domain, jobKind, runAtLoad } = job.facts;
  if (!path?.startsWith('/')) return told(null, 'it has no plist of its own');
  if (!/\/Library\/Launch(?:Agents|Daemons)\/[^/]+$/.test(path)) {
    return told(false, 'its plist lies where launchd does not look at boot');
  }
  if (files.get(path)?.isLink)
    return told(false, 'its plist is a link, which launchd ignores at boot');
  const disabled = await isDisabled(job, context);
  if (disabled === true) return told(false, 'disabled');
  if (jobKind === 'one-shot' && !runAtLoad) return told(null, 'starts on demand');
  if (disabled === null) return told(null, 'whether it is disabled is not told');
  if (domain === 'system') return told(true, 'loaded at boot');
  return told(true, 'loaded when its user logs in');
}

function told(survivesReboot: boolean | null, rebootWhy: string): Survival {
  return { survivesReboot, rebootWhy };
}

/**
 * The overrides that `launchctl disable` writes, a label and whether it is disabled: to read them
 * takes no second launchctl. There is no file as long as nothing was ever overridden.
 */
async function isDisabled(
  { label, uid, facts }: Job,
  context: ObserveContext,
): Promise<boolean | null> {
  if (facts.disabled !== null) return facts.disabled;
  const name = facts.domain === 'system' ? 'disabled' : `disabled.${uid}`;
  const text = await textOf(`/var/db/com.apple.xpc.launchd/${name}.plist`, context);
  const keys = text === null ? null : plistKeys(text);
  return keys === null ? null : keys.get(label)?.type === 'true';
}
