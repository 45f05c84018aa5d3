import { judgeStarts, trackStarts } from '../model/crash-loop.ts';
import { FaultError } from '../model/errors.ts';
import { type Fault, faultOf, stateOfFault } from '../model/fault.ts';
import type { Cluster, Host, Service } from '../model/inventory.ts';
import type { JsonObject } from '../model/json.ts';
import type { Cleaner } from '../model/plain-text.ts';
import type { Result } from '../model/result.ts';
import { sameMachine } from '../model/same-machine.ts';
import { usualHint } from '../model/usual-hint.ts';
import type { Kind, RunContext } from './contract.ts';

/** What is fixed when a check is bound. */
export interface BoundSpec {
  readonly id: string;
  readonly kind: Kind;
  readonly spec: never;
  readonly host: Host;
  readonly service: Service | null;
  readonly cluster: Cluster | null;
  readonly timeoutMs: number;
  /** Makes remote text fit to be shown. */
  readonly clean: Cleaner;
}

/**
 * Runs one check. The one place where an error becomes a fault: a FaultError brings its own, an
 * aborted run is `aborted`, anything else is our bug and shows its stack. All remote text is made
 * plain here, before anybody can print it.
 */
export async function runCheck(bound: BoundSpec, context: RunContext): Promise<Result> {
  const { clock } = context.transports;
  let beganMs = clock.monotonicMs();
  let waits = true;
  // The first exchange begins when it gets its slot: what we wait for ourselves is no latency.
  const began = (): void => {
    if (waits) beganMs = clock.monotonicMs();
    waits = false;
  };
  try {
    const host = hostFromHere(bound, context.transports.hostname);
    const { facts: seen, ...result } = await measure({ ...bound, host }, { ...context, began });
    // A transport measures without the time spent waiting for a slot: its figure is the better one.
    // What comes from a watch's cache was seen when that was last proved.
    const { latencyMs: measuredMs, provenAtMs, ...facts } = seen;
    const elapsedMs = clock.monotonicMs() - beganMs;
    const latencyMs = typeof measuredMs === 'number' ? measuredMs : elapsedMs;
    const at = typeof provenAtMs === 'number' ? isoOf(provenAtMs) : nowIso(context);
    return { ...result, check: bound.id, at, latencyMs, facts, fault: null };
  } catch (error) {
    const fault = onTheWay(faultOfError(error, context.signal), bound);
    return failed(bound, fault, nowIso(context));
  }
}

async function measure(
  { kind, spec, host, service, cluster, timeoutMs, clean }: BoundSpec,
  {
    transports,
    signal,
    previous,
    began,
    thorough = false,
  }: RunContext & { readonly began: () => void },
): Promise<Pick<Result, 'facts' | 'verdict' | 'parts'>> {
  const options = { timeoutMs, signal, began };
  const seen = await kind.observe(spec, {
    host,
    service,
    cluster,
    transports,
    options,
    previous,
    thorough,
  });
  const judged = kind.judge(seen, previous, spec);
  const parts = kind.parts?.(seen, previous, spec) ?? [];
  const atMs = transports.clock.now();
  const facts = trackStarts(clean(seen as unknown as JsonObject), previous?.facts ?? null, atMs);
  const { state, note } = judgeStarts(judged, facts);
  return {
    facts,
    verdict: { state, note: clean(note) },
    parts: parts.map((part) => ({
      ...part,
      name: clean(part.name),
      verdict: { state: part.verdict.state, note: clean(part.verdict.note) },
      facts: clean(part.facts),
    })),
  };
}

/**
 * `access: local` means this machine. On another one what looks from within the host does so over ssh
 * where that is given, and nothing else of it can be measured.
 */
function hostFromHere({ host, kind }: BoundSpec, hostname: string): Host {
  const isHere = host.hostname === null || sameMachine(host.hostname, hostname);
  if (host.access !== 'local' || isHere) return host;
  if (host.ssh && kind.onHost) return { ...host, access: 'ssh' };
  throw new FaultError(
    faultOf('tool-missing', `this machine is ${hostname}, not ${host.hostname}`, {
      hint: `run joelclaw on ${host.name}, or set hosts[].hostname to this machine's name`,
    }),
  );
}

/**
 * Whoever looks at a unit by way of ssh and gets no answer knows nothing of the unit: the way is the
 * host's own check's. All that goes wrong there is of the way, as what a kind has understood are facts.
 */
function onTheWay(fault: Fault, { kind, host }: BoundSpec): Fault {
  if (!kind.onHost || kind.ownSilence || host.access !== 'ssh') return fault;
  return { ...fault, side: 'prober' };
}

function failed({ id: check, clean }: BoundSpec, fault: Fault, at: string): Result {
  const { code, side, hint = usualHint[code] } = fault;
  const message = clean(fault.message);
  const verdict = { state: stateOfFault(fault), note: message };
  const plain = faultOf(code, message, { side, hint: clean(hint) });
  return { check, at, latencyMs: null, facts: {}, verdict, parts: [], fault: plain };
}

function faultOfError(error: unknown, signal: AbortSignal): Fault {
  if (signal.aborted) {
    return faultOf('aborted', 'not measured: the run ended first', {
      hint: 'give it longer with --timeout',
    });
  }
  if (error instanceof FaultError) return error.fault;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return faultOf('protocol', `our bug: ${stack}`, {
    side: 'prober',
    hint: 'please report it with this line',
  });
}

function nowIso(context: RunContext): string {
  return isoOf(context.transports.clock.now());
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
