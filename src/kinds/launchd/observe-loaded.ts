import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { ObserveContext } from '../contract.ts';
import { nothingAround } from '../unit/around.ts';
import type { Printed } from './ask.ts';
import type { LoadedFacts } from './facts.ts';
import { fileDiffers } from './file-differs.ts';
import { kindInPlist, kindInPrint, propertiesOf } from './job-kind.ts';
import { isChanging } from './judge.ts';
import { exitInWords, lastExitOf } from './last-exit.ts';
import { plistKeys } from './plist-keys.ts';
import { readFields } from './read-fields.ts';
import { textOf } from './text-of.ts';
import { waitingFacts } from './waiting.ts';

/** What `print` and the plist say of a label that is loaded; whether it is disabled nobody has asked. */
export async function observeLoaded(
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
  const badExit = lastExit?.isBad ? exitInWords(lastExit.text) : null;
  const plist = path?.startsWith('/') ? await textOf(path, context) : null;
  // The plist knows best, when it is there and can be read; what `print` shows is the next best.
  const keys = plist === null ? null : plistKeys(plist);
  const jobKind = kindInPlist(keys) ?? kindInPrint(printed);
  const runs = number('runs');
  const facts = {
    domain,
    state,
    pid: number('pid'),
    runs,
    starts: isRestart(jobKind, badExit) ? runs : null,
    lastExit: lastExit?.text ?? null,
    badExit,
    program: fields.get('program') ?? null,
    path,
    jobKind,
    runAtLoad: propertiesOf(fields).includes('runatload'),
    minimumRuntimeSeconds: number('minimum runtime'),
    logs: { stdout: fields.get('stdout path') ?? null, stderr: fields.get('stderr path') ?? null },
    jobState: fields.get('job state') ?? null,
    held: fields.get('pended nondemand spawn') ?? null,
    immediateReason: fields.get('immediate reason') ?? null,
    isCutOff: !printed.isWhole,
    disabled: null,
    disabledAtMs: null,
    fileDiffers: fileDiffers(text, keys),
    intervalSeconds: number('run interval'),
  };
  return {
    ...facts,
    ...changingSince(facts, context),
    startedAtMs: null,
    runningSeconds: null,
    ...waitingFacts(facts, context),
    ...nothingAround,
    lastWords: null,
  };
}

/**
 * A timer's and a watcher's starts are its work. A one-shot may be started on demand, so its starts
 * count only after a bad exit: without its plist, a service can look like one.
 */
function isRestart(jobKind: LoadedFacts['jobKind'], badExit: string | null): boolean {
  return jobKind === 'service' || (jobKind === 'one-shot' && badExit !== null);
}

/** How long it has been between two states, as far as samples have seen it. */
function changingSince(
  facts: Parameters<typeof isChanging>[0],
  { previous, transports }: ObserveContext,
): Pick<LoadedFacts, 'changingSinceMs' | 'changingSeconds'> {
  if (!isChanging(facts)) return { changingSinceMs: null, changingSeconds: null };
  const nowMs = transports.clock.now();
  const before = previous?.facts ?? {};
  const goesOn = before['state'] === facts.state && before['runs'] === facts.runs;
  const since = goesOn ? before['changingSinceMs'] : null;
  const changingSinceMs = typeof since === 'number' ? since : nowMs;
  return { changingSinceMs, changingSeconds: Math.floor((nowMs - changingSinceMs) / 1000) };
}

/** The number that a value begins with. */
function wholeNumber(value: string | undefined): number | null {
  const digits = /^\d+(?=\s|$)/.exec(value ?? '')?.[0];
  return digits === undefined ? null : Number(digits);
}
