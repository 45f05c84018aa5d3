import type { AuditReport } from '../../model/audit.ts';
import { UserError } from '../../model/errors.ts';
import type { Host } from '../../model/inventory.ts';
import { masker } from '../../model/plain-text.ts';
import type { Clock } from '../../transports/contract.ts';
import type { AuditDone, AuditView } from '../../tui/audit-view.ts';
import type { Intent } from '../../tui/intent.ts';
import type { AuditDeeds } from '../audit/deeds.ts';
import type { Context } from '../context.ts';
import type { OpenNetwork } from '../open-network.ts';
import { failureOf, wordsOf } from './audit-trouble.ts';

const auditTypes = ['audit', 'close-audit', 'write-note', 'propose-unit'] as const;

/** What of the cockpit's keys is about audits. */
type AuditIntent = Extract<Intent, { readonly type: (typeof auditTypes)[number] }>;

export function isAuditIntent(intent: Intent): intent is AuditIntent {
  return (auditTypes as readonly string[]).includes(intent.type);
}

interface Place {
  readonly context: Context;
  readonly deeds: AuditDeeds;
  open(): OpenNetwork;
  /** An audit is stored. */
  onKept(): Promise<void>;
}

/** The audit that the cockpit shows: one at a time, which ends when it is left. */
export interface CockpitAudit {
  /** Resolves with words for the footer where there are some. */
  take(intent: AuditIntent): Promise<string> | undefined;
  showIn(cockpit: { showAudit(view: AuditView | null): void }): void;
  /** Resolves when none goes on. */
  idle(): Promise<void>;
  /** Ends the one that goes on. */
  stop(): Promise<void>;
}

/** What was found, as it was seen and as it may be shown. */
interface Found {
  readonly raw: AuditReport;
  readonly view: AuditDone;
}

export function createCockpitAudit({ context, deeds, open, onKept }: Place): CockpitAudit {
  let show: (view: AuditView | null) => void = () => {};
  let ending = new AbortController();
  let going: string | null = null;
  let found: Found | null = null;
  let work: Promise<void> = Promise.resolve();

  const look = async (name: string, signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return;
    const network = open();
    const host = network.network.inventory.hosts.find((one) => one.name === name);
    try {
      if (!host) throw unknownHost(name);
      const raw = await watched({ network, host, signal });
      const { cleanReport } = await import('../audit/stored/keep-audit.ts');
      const shown = cleanReport(raw, network.secrets);
      const view: AuditDone = { phase: 'done', host: name, report: shown, unit: null };
      found = { raw, view };
      show(view);
      await deeds.keep(shown, network);
      await onKept();
    } catch (error) {
      if (!signal.aborted) show(failureOf(error, name, context));
    }
  };

  /** Told as it goes: each probe, and the time while one takes long. */
  const watched = async ({ network, host, signal }: Looking): Promise<AuditReport> => {
    // What only an audit needs is loaded when somebody wants one.
    const [{ lookInto }, { createProgress }] = await Promise.all([
      import('../audit/look-into.ts'),
      import('../audit/progress.ts'),
    ]);
    const { clock } = network.transports;
    const progress = createProgress();
    const beganMs = clock.monotonicMs();
    const draw = (): void => {
      const elapsedMs = clock.monotonicMs() - beganMs;
      if (!signal.aborted)
        show({ phase: 'running', host: host.name, ...progress.now(), elapsedMs });
    };
    draw();
    const over = new AbortController();
    const either = AbortSignal.any([over.signal, signal]);
    const ticking = tick(clock, draw, either);
    try {
      const onProbe = (probe: string): void => {
        progress.begin(probe);
        draw();
      };
      return await lookInto({ open: network, host, context: { ...context, signal } }, onProbe);
    } finally {
      over.abort();
      await ticking;
    }
  };

  const begin = (name: string): void => {
    ending.abort();
    const mine = new AbortController();
    ending = mine;
    going = name;
    found = null;
    work = work
      .then(() => look(name, mine.signal))
      .finally(() => {
        if (ending === mine) going = null;
      });
  };

  const writeNote = async ({ view }: Found): Promise<string> => {
    const { path, changed } = await deeds.writeNote(view.report, open());
    return changed ? `written: ${path}` : `${path} says so already`;
  };

  const proposeUnit = async ({ raw, view }: Found, service: string): Promise<string> => {
    const { signal } = ending;
    const network = open();
    try {
      if (network.rootPath === null) throw simulated();
      const text = await deeds.proposeUnit(raw, { service, open: network, signal });
      const unit = { service, text: masker(network.secrets)(text) };
      if (!signal.aborted) show({ ...view, unit });
      return 'proposed, and written nowhere; esc goes back';
    } catch (error) {
      if (!signal.aborted) show(view);
      throw error;
    }
  };

  return {
    showIn: (cockpit) => {
      show = cockpit.showAudit;
    },
    take: (intent) => {
      if (intent.type === 'close-audit') {
        ending.abort();
        going = null;
        found = null;
        show(null);
        return undefined;
      }
      if (context.options.readOnly && intent.type !== 'propose-unit') {
        return Promise.resolve('this is --read-only: no action runs');
      }
      if (intent.type === 'audit') {
        if (going === intent.host) return Promise.resolve(`the audit of ${going} goes on`);
        begin(intent.host);
        return undefined;
      }
      if (found === null) return Promise.resolve('nothing is found yet');
      const said =
        intent.type === 'write-note' ? writeNote(found) : proposeUnit(found, intent.service);
      return said.catch((error: unknown) => wordsOf(error, context));
    },
    idle: () => work,
    stop: async () => {
      ending.abort();
      await work;
    },
  };
}

interface Looking {
  readonly network: OpenNetwork;
  readonly host: Host;
  readonly signal: AbortSignal;
}

/** Draws each second until it is aborted. */
async function tick(clock: Clock, draw: () => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(1000, signal).catch(() => {});
    if (!signal.aborted) draw();
  }
}

/** Its processes are made up: there is nothing to look at closely. */
function simulated(): UserError {
  return new UserError('a simulated network has no processes to make a unit of', {
    hint: 'leave lab out: U shows the unit of a real host',
  });
}

function unknownHost(name: string): UserError {
  return new UserError(`${name} is no host of the inventory any more`, {
    hint: '1 shows those that are',
  });
}
