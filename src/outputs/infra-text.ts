import { stateOfVerdict } from '../model/file-verdict.ts';
import { type InfraItem, infraState, type PlannedItem } from '../model/infra.ts';
import { painter } from './paint.ts';
import { type Row, table } from './tables.ts';

/** What stands beside an item that nothing is done about. */
const quiet: ReadonlySet<string> = new Set(['none', 'record']);

/** The items with what an apply would do about each. */
export function infraTable(items: readonly InfraItem[], color: boolean): string {
  if (items.length === 0) return 'the inventory names no files\n';
  const head = ['ITEM', 'VERDICT', 'ACTION', 'HOST', 'SERVICE', 'NOTE'];
  const rows = items.map((item): Row => {
    const { id, verdict, action, host, service, note, reloadNeeded } = item;
    const state = reloadNeeded && verdict === 'in-sync' ? 'degraded' : stateOfVerdict(verdict);
    const done = quiet.has(action) ? '' : action;
    return [state, id, verdict, done, host ?? '', service ?? '', note];
  });
  return table(head, rows, color);
}

/** `infra diff`: what an apply would change in each text; of an environment only names. */
export function infraDiff(items: readonly PlannedItem[], color: boolean): string {
  const paint = painter(color);
  const styles: Readonly<Record<string, 'up' | 'down' | 'idle'>> = {
    '+': 'up',
    '-': 'down',
    '@': 'idle',
  };
  const blocks = items.flatMap(({ item, change }) => {
    if (change === null && (item.verdict === 'in-sync' || item.verdict === 'converged')) return [];
    const head = paint(
      'bold',
      `${item.id}: ${item.verdict}${item.note === '' ? '' : `, ${item.note}`}`,
    );
    const lines = (change?.lines ?? []).map((line) => {
      const style = styles[line[0] ?? ''];
      return style ? paint(style, line) : line;
    });
    return [[head, ...lines, ''].join('\n')];
  });
  return blocks.length === 0 ? 'nothing differs\n' : `${blocks.join('\n')}`;
}

/** The contract's `result`, keys in its order. */
export function infraJson(items: readonly InfraItem[]): {
  state: string;
  items: readonly object[];
} {
  const shown = items.map(
    ({ id, kind, host, source, destination, service, verdict, reloadNeeded, note, action }) => ({
      ...{ id, kind, host, source, destination, service },
      ...{ verdict, reloadNeeded, note, action },
    }),
  );
  return { state: infraState(items), items: shown };
}
