import type { ObserveContext } from '../contract.ts';
import {
  askDisabled,
  askDomains,
  askThese,
  domainsOf,
  noDomain,
  noService,
  type Printed,
  type Wanted,
} from './ask.ts';
import { type KnownMissing, knownMissing, questionOf } from './ask-in-turn.ts';
import type { MissingFacts } from './facts.ts';
import { plistKeys } from './plist-keys.ts';
import { textOf } from './text-of.ts';

/** Where a label was looked for in this sample; `known` is what was learnt of it before. */
interface Looked extends Printed {
  readonly known: KnownMissing | null;
}

/** Asks every domain for a label, and one of them where it was missing already. */
export async function lookFor(wanted: Wanted, context: ObserveContext): Promise<Looked> {
  const { label, uid } = wanted;
  const known = knownMissing(uid, context);
  if (known === null) return { ...(await askDomains(wanted, context)), known };
  const question = questionOf(homeOf(known.path, known.domains, uid), wanted, known.turn);
  const { found, domains } = await askThese(question === null ? [] : [question], label, context);
  return { found, domains: { ...known.domains, ...domains }, known };
}

/** A label that no domain knows: disabled, never loaded, or out of sight without a GUI session. */
export async function observeMissing(
  wanted: Wanted,
  { domains, known }: Looked,
  context: ObserveContext,
): Promise<MissingFacts> {
  const { label, uid } = wanted;
  const { path, keys } = await plistOf(label, context);
  const home = homeOf(path, domains, uid);
  const isDue =
    known === null ||
    questionOf(homeOf(known.path, known.domains, uid), wanted, known.turn) === null;
  const asked = home !== null && isDue ? await askDisabled(label, home, context) : null;
  const disabled = isDue ? asked : known.disabled;
  const log = (key: string): string | null => keys?.get(key)?.text ?? null;
  const logs = { stdout: log('StandardOutPath'), stderr: log('StandardErrorPath') };
  const next = { seenAtMs: context.transports.clock.now(), turn: known ? known.turn + 1 : 0 };
  return { domain: null, domains, path, logs, disabled, ...next, doubt: doubtOf(path, domains) };
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
