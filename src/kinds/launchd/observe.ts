import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { ObserveContext } from '../contract.ts';
import { askDisabled, askDomains, domainsOf, noDomain, noService, type Printed } from './ask.ts';
import type { LaunchdFacts, LoadedFacts, MissingFacts } from './facts.ts';
import { kindInPlist, kindInPrint, propertiesOf } from './job-kind.ts';
import { isChanging, judge } from './judge.ts';
import { exitInWords, lastExitOf } from './last-exit.ts';
import { type PrintedFields, readFields } from './read-fields.ts';

/** What launchd knows of a label: one process while it is well, one more when it is not. */
export async function observe(label: string, context: ObserveContext): Promise<LaunchdFacts> {
  const { host, transports, previous } = context;
  if (transports.platform(host) !== 'darwin') {
    throw new FaultError(faultOf('tool-missing', `${host.name} has no launchd: it is not a Mac`));
  }
  const printed = await askDomains(label, context);
  if (printed.found === null) return observeMissing(label, printed, context);
  const facts = await observeLoaded(printed.found, context);
  const looksWell = facts.pid !== null || judge(facts, previous).state === 'idle';
  if (looksWell) return facts;
  return { ...facts, disabled: await askDisabled(label, facts.domain, context) };
}

async function observeLoaded(
  { domain, text }: NonNullable<Printed['found']>,
  context: ObserveContext,
): Promise<LoadedFacts> {
  const printed = readFields(text);
  const { fields } = printed;
  const state = fields.get('state');
  if (state === undefined) {
    const message = 'launchctl print names no state';
    throw new FaultError(faultOf('protocol', message, { side: 'prober' }));
  }
  const path = fields.get('path') ?? null;
  const lastExit = lastExitOf(fields);
  const number = (key: string): number | null => wholeNumber(fields.get(key));
  const facts = {
    domain,
    state,
    pid: number('pid'),
    starts: number('runs'),
    lastExit: lastExit?.text ?? null,
    badExit: lastExit?.isBad ? exitInWords(lastExit.text) : null,
    program: fields.get('program') ?? null,
    path,
    jobKind: await jobKindOf(printed, path, context),
    runAtLoad: propertiesOf(fields).includes('runatload'),
    minimumRuntimeSeconds: number('minimum runtime'),
    logs: { stdout: fields.get('stdout path') ?? null, stderr: fields.get('stderr path') ?? null },
    jobState: fields.get('job state') ?? null,
    held: fields.get('pended nondemand spawn') ?? null,
    immediateReason: fields.get('immediate reason') ?? null,
    isCutOff: !printed.isWhole,
    disabled: null,
  };
  return { ...facts, ...changingSince(facts, context) };
}

/** The plist knows best, when it is there and can be read; what `print` shows is the next best. */
async function jobKindOf(
  printed: PrintedFields,
  path: string | null,
  context: ObserveContext,
): Promise<LoadedFacts['jobKind']> {
  const text = path?.startsWith('/') ? await textOf(path, context) : null;
  return (text === null ? null : kindInPlist(text)) ?? kindInPrint(printed);
}

/** How long it has been between two states, as far as samples have seen it. */
function changingSince(
  facts: Omit<LoadedFacts, 'changingSinceMs' | 'changingSeconds'>,
  { previous, transports }: ObserveContext,
): Pick<LoadedFacts, 'changingSinceMs' | 'changingSeconds'> {
  if (!isChanging(facts)) return { changingSinceMs: null, changingSeconds: null };
  const nowMs = transports.clock.now();
  const before = previous?.facts ?? {};
  const goesOn = before['state'] === facts.state && before['starts'] === facts.starts;
  const since = goesOn ? before['changingSinceMs'] : null;
  const changingSinceMs = typeof since === 'number' ? since : nowMs;
  return { changingSinceMs, changingSeconds: Math.floor((nowMs - changingSinceMs) / 1000) };
}

/** A label that no domain knows: disabled, never loaded, or out of sight without a GUI session. */
async function observeMissing(
  label: string,
  { domains }: Printed,
  context: ObserveContext,
): Promise<MissingFacts> {
  const path = await plistOf(label, context);
  const home = homeOf(path, domains, context.transports.uid);
  const disabled = home === null ? null : await askDisabled(label, home, context);
  return { domain: null, domains, path, disabled, doubt: doubtOf(path, domains) };
}

const daemons = '/Library/LaunchDaemons/';
const plistFolders = ['~/Library/LaunchAgents/', '/Library/LaunchAgents/', daemons];

async function plistOf(label: string, context: ObserveContext): Promise<string | null> {
  for (const folder of plistFolders) {
    const path = `${folder}${label}.plist`;
    if ((await textOf(path, context)) !== null) return path;
  }
  return null;
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

/** A file that cannot be read is as good as none: what it says is the second best source. */
async function textOf(
  path: string,
  { host, transports, options }: ObserveContext,
): Promise<string | null> {
  return transports.readFile(host, path, options).then(
    (text) => text,
    (error: unknown) => {
      if (error instanceof FaultError && !options.signal.aborted) return null;
      throw error;
    },
  );
}

/** The number that a value begins with. */
function wholeNumber(value: string | undefined): number | null {
  const digits = /^\d+(?=\s|$)/.exec(value ?? '')?.[0];
  return digits === undefined ? null : Number(digits);
}
