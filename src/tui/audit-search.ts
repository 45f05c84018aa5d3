import { just, type Reduced, say } from './acts.ts';
import type { AuditPage, AuditText, AuditUi } from './audit-view.ts';
import { editLine, keyOfAnyPrompt } from './edit-line.ts';
import { parsePattern } from './pattern.ts';
import type { UiState } from './ui-state.ts';

/** Where a search looks, and which way. */
interface Searched {
  readonly page: AuditPage;
  /** As many lines as there is room for. */
  readonly pageRows: number;
  readonly step: 1 | -1;
}

/** Whether a text of the page is what is searched for; none is where nothing is. */
export function textMatcher(search: string): (text: string) => boolean {
  const wanted = search.trim();
  if (wanted === '') return () => false;
  const { inverts, matches } = parsePattern(wanted);
  return (text) => text.trim() !== '' && matches(text) !== inverts;
}

/** To the next one that has it, round the end; the first is looked for from the top of the screen on. */
export function toMatch(ui: UiState, audit: AuditUi, { page, pageRows, step }: Searched): Reduced {
  const { texts, items, lines } = page;
  const matches = textMatcher(audit.search);
  const last = Math.max(0, lines.length - pageRows);
  const top = Math.min(last, audit.scroll);
  const from = audit.found ?? firstSeen(texts, top) - step;
  for (let walked = 1; walked <= texts.length; walked++) {
    const found = (((from + step * walked) % texts.length) + texts.length) % texts.length;
    const text = texts[found];
    if (!text || !matches(text.text)) continue;
    const item = items.findLastIndex(({ line }) => line <= text.line);
    const isSeen = text.line >= top && text.line < top + pageRows;
    const scroll = isSeen ? top : Math.min(last, text.line);
    const next = { ...audit, found, scroll, item: item < 0 ? null : item };
    const message = found === audit.found ? `no other line has /${audit.search}` : null;
    return just({ ...ui, audit: next, message });
  }
  return say({ ...ui, audit }, `no line here has /${audit.search}`);
}

function firstSeen(texts: readonly AuditText[], scroll: number): number {
  return Math.max(
    0,
    texts.findIndex(({ line }) => line >= scroll),
  );
}

/** A key while a search is typed: what has it is marked at once, enter goes to the first. */
export function auditPromptKey(
  ui: UiState,
  audit: AuditUi,
  { key, ...at }: Omit<Searched, 'step'> & { readonly key: string },
): Reduced {
  const typed = (change: Partial<AuditUi>): Reduced =>
    just({ ...ui, audit: { ...audit, found: null, ...change } });
  if (key === 'esc' || (key === 'backspace' && audit.search === '')) {
    return typed({ typing: false, search: '' });
  }
  if (key === 'enter') {
    const kept = { ...audit, typing: false };
    return kept.search.trim() === ''
      ? typed({ typing: false, search: '' })
      : toMatch(ui, kept, { ...at, step: 1 });
  }
  const search = editLine(audit.search, key);
  if (search !== null) return typed({ search });
  return keyOfAnyPrompt(ui, key) ?? say(ui, `${key} does nothing here; enter finds, esc clears`);
}
