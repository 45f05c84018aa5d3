import type { ObserveContext } from '../contract.ts';
import { askDisabled, domainsOf, noDomain, noService, type Printed, type Wanted } from './ask.ts';
import type { MissingFacts } from './facts.ts';
import { plistKeys } from './plist-keys.ts';
import { textOf } from './text-of.ts';

/** A label that no domain knows: disabled, never loaded, or out of sight without a GUI session. */
export async function observeMissing(
  { label, uid }: Wanted,
  { domains }: Printed,
  context: ObserveContext,
): Promise<MissingFacts> {
  const { path, keys } = await plistOf(label, context);
  const home = homeOf(path, domains, uid);
  const disabled = home === null ? null : await askDisabled(label, home, context);
  const log = (key: string): string | null => keys?.get(key)?.text ?? null;
  const logs = { stdout: log('StandardOutPath'), stderr: log('StandardErrorPath') };
  return { domain: null, domains, path, logs, disabled, doubt: doubtOf(path, domains) };
}

const daemons = '/Library/LaunchDaemons/';
const plistFolders = ['~/Library/LaunchAgents/', '/Library/LaunchAgents/', daemons];

async function plistOf(label: string, context: ObserveContext) {
  for (const folder of plistFolders) {
    const path = `${folder}${label}.plist`;
    const text = await textOf(path, context);
    if (text !== null) return { path, keys: plistKeys(text) };
  }
  return { path: null, keys: null };
}

/** The domain that would hold it, null when that is not there. */
function homeOf(path: string | null, domains: Printed['domains'], uid: number): string | null {
  const [gui, user, system] = domainsOf(uid);
  if (path?.startsWith(daemons)) return system;
  return [gui, user].find((domain) => domains[domain] !== noDomain) ?? null;
}

/** An agent lives in its user's GUI session: without one, nobody can say that it does not run. */
function doubtOf(path: string | null, domains: Printed['domains']): string | null {
  const answers = Object.entries(domains);
  const refused = answers.find(([, words]) => words !== noDomain && words !== noService);
  if (refused) return `launchctl print ${refused[0]}: ${refused[1]}`;
  if (path?.startsWith(daemons) && domains['system'] === noService) return null;
  const absent = answers.find(([, words]) => words === noDomain)?.[0];
  if (absent === undefined) return null;
  return absent.startsWith('gui/')
    ? `no GUI session: there is no ${absent}`
    : `there is no ${absent}`;
}
