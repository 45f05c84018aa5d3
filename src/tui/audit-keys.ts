import type { Act } from './act.ts';
import { ask, just, type Reduced, say } from './acts.ts';
import { type AuditAct, actsLeavingAudit, actsOverAudit, auditActOf } from './audit-keymap.ts';
import { auditPromptKey, toMatch } from './audit-search.ts';
import type { AuditItem, AuditPage, AuditUi, AuditView } from './audit-view.ts';
import { hiddenWords, hideAudit } from './hidden-audit.ts';
import { bindingOf } from './keymap.ts';
import type { UiState } from './ui-state.ts';

/** What a key is pressed upon. */
export interface AuditPress {
  readonly view: AuditView;
  readonly key: string;
  readonly page: AuditPage;
  /** As many lines as there is room for. */
  readonly pageRows: number;
}

type DoAuditAct = (ui: UiState, audit: AuditUi, at: AuditPress) => Reduced;

/** A key upon an audit that is shown; null for one that does what it does anywhere. */
export function auditKey(ui: UiState, audit: AuditUi, at: AuditPress): Reduced | null {
  const { key } = at;
  if (audit.typing) return auditPromptKey(ui, audit, at);
  const act = auditActOf(key);
  if (act !== undefined) return acts[act](ui, audit, at);
  const anywhere = bindingOf(key)?.act;
  return anywhere !== undefined && (actsOverAudit.has(anywhere) || actsLeavingAudit.has(anywhere))
    ? null
    : say(ui, noKeyOf(key, anywhere));
}

/** What a key does on a tab, or over it, lies below an audit. */
function noKeyOf(key: string, act: Act | undefined): string {
  return act === undefined
    ? `${key} is no key of an audit: ? lists them, esc leaves`
    : `${key} is of what lies below: esc leaves the audit first`;
}

const acts: Readonly<Record<AuditAct, DoAuditAct>> = {
  down: (ui, audit, at) => scroll(ui, audit, { ...at, step: 1 }),
  up: (ui, audit, at) => scroll(ui, audit, { ...at, step: -1 }),
  first: (ui, audit, at) => scroll(ui, audit, { ...at, step: Number.NEGATIVE_INFINITY }),
  last: (ui, audit, at) => scroll(ui, audit, { ...at, step: Number.POSITIVE_INFINITY }),
  'half-down': (ui, audit, at) => scroll(ui, audit, { ...at, step: Math.ceil(at.pageRows / 2) }),
  'half-up': (ui, audit, at) => scroll(ui, audit, { ...at, step: -Math.ceil(at.pageRows / 2) }),
  'page-down': (ui, audit, at) => scroll(ui, audit, { ...at, step: at.pageRows }),
  'page-up': (ui, audit, at) => scroll(ui, audit, { ...at, step: -at.pageRows }),
  'next-finding': (ui, audit, at) => next(ui, audit, { ...at, step: 1 }),
  'previous-finding': (ui, audit, at) => next(ui, audit, { ...at, step: -1 }),
  search: (ui, audit, { view }) =>
    view.phase === 'done' ? changed(ui, audit, { typing: true }) : say(ui, notDone(view)),
  'findings-only': findingsOnly,
  'write-note': (ui, _audit, { view }) =>
    view.phase === 'done' ? ask(ui, { type: 'write-note' }, 'writing …') : say(ui, notDone(view)),
  'show-unit': showUnit,
  'copy-finding': (ui, audit, { view, page }) => {
    if (view.phase !== 'done') return say(ui, notDone(view));
    const { unit, report } = view;
    if (audit.isUnit && unit) return copied(ui, unit.text, `the unit of ${unit.service}`);
    const id = itemOf(page, audit)?.id ?? report.id;
    return copied(ui, id, id);
  },
  'audit-again': (ui, _audit, { view }) =>
    view.phase === 'running'
      ? say(ui, `the audit of ${view.host} goes on; esc ends it`)
      : ask(ui, { type: 'audit', host: view.host }),
  escape: (ui, audit, at) => {
    if (audit.search !== '') return changed(ui, audit, { search: '', found: null });
    if (audit.isUnit) return changed(ui, audit, { isUnit: false, scroll: audit.below });
    return audit.findingsOnly ? allShown(ui, audit) : leave(ui, at.view);
  },
  hide: (ui, audit, { view }) => say(hideAudit(ui, audit), hiddenWords(view)),
  leave: (ui, _audit, { view }) => leave(ui, view),
};

function changed(ui: UiState, audit: AuditUi, change: Partial<AuditUi>): Reduced {
  return just({ ...ui, audit: { ...audit, ...change } });
}

function leave(ui: UiState, { phase, host }: AuditView): Reduced {
  const words = phase === 'running' ? `the audit of ${host} was ended` : null;
  return ask({ ...ui, audit: null }, { type: 'close-audit' }, words);
}

function notDone({ phase, host }: AuditView): string {
  return phase === 'running'
    ? `the audit of ${host} goes on: there is nothing of it yet`
    : `${host} was not looked into: A looks again`;
}

function copied(ui: UiState, text: string, what: string): Reduced {
  return ask(ui, { type: 'copy', text }, `copied ${what} (OSC 52: the terminal must allow it)`);
}

interface Moved extends AuditPress {
  readonly step: number;
}

function scroll(ui: UiState, audit: AuditUi, { page, pageRows, step }: Moved): Reduced {
  const last = Math.max(0, page.lines.length - pageRows);
  const to = Math.max(0, Math.min(last, Math.min(audit.scroll, last) + step));
  if (to === audit.scroll) {
    return say(ui, step > 0 ? 'this is the end' : 'this is the beginning');
  }
  return changed(ui, audit, { scroll: to });
}

/** Of what is searched for, where something is. */
function next(ui: UiState, audit: AuditUi, at: AuditPress & { readonly step: 1 | -1 }): Reduced {
  if (at.view.phase !== 'done') return say(ui, notDone(at.view));
  return audit.search === '' ? goTo(ui, audit, at) : toMatch(ui, audit, at);
}

function findingsOnly(ui: UiState, audit: AuditUi, { view }: AuditPress): Reduced {
  if (view.phase !== 'done') return say(ui, notDone(view));
  if (audit.isUnit) return say(ui, 'this is the unit; esc goes back to the findings');
  if (audit.findingsOnly) return allShown(ui, audit);
  if (view.report.findings.length === 0) return say(ui, 'no finding here: nothing needs a look');
  return changed(ui, audit, { findingsOnly: true, scroll: 0, item: null, found: null });
}

function allShown(ui: UiState, audit: AuditUi): Reduced {
  return changed(ui, audit, { findingsOnly: false, scroll: 0, item: null, found: null });
}

/** To the next of them, round the end and on from the beginning, so that all of it can be seen. */
function goTo(ui: UiState, audit: AuditUi, { page, pageRows, step }: Moved): Reduced {
  const { items, lines } = page;
  if (items.length === 0) return say(ui, 'there is no finding to go to here');
  const from = audit.item ?? (step > 0 ? -1 : 0);
  const item = (from + step + items.length) % items.length;
  const last = Math.max(0, lines.length - pageRows);
  return changed(ui, audit, { item, scroll: Math.min(last, items[item]?.line ?? 0) });
}

function itemOf({ items }: AuditPage, { item }: AuditUi): AuditItem | undefined {
  return item === null ? undefined : items[item];
}

const unsearched = { isUnit: true, search: '', found: null } as const;

/** Of the service that `n` has gone to; of the only one where there is no other. */
function showUnit(ui: UiState, audit: AuditUi, { view, page }: AuditPress): Reduced {
  if (view.phase !== 'done') return say(ui, notDone(view));
  if (audit.isUnit) return say(ui, 'this is the unit; esc goes back');
  const declared = view.report.services.filter((one) => one.declared);
  const only = declared.length === 1 ? declared[0]?.name : undefined;
  const service = itemOf(page, audit)?.service ?? only;
  if (declared.length === 0) return say(ui, `the inventory names no service on ${view.host}`);
  if (service === undefined) return say(ui, 'n goes to the service whose unit is wanted');
  const below = audit.scroll;
  return ask(
    { ...ui, audit: { ...audit, ...unsearched, below, scroll: view.unit ? 0 : below } },
    { type: 'propose-unit', service },
  );
}
