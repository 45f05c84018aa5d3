import type { PlannedItem } from '../model/infra.ts';
import type { BlastRadius } from '../model/plan.ts';
import { changeText } from './change-text.ts';
import { radiusRows } from './plan-text.ts';

/** The items that are started anew together, and what is. */
export interface Together {
  /** Null where nothing is started anew for them. */
  readonly service: string | null;
  /** What starting it anew reaches; null where nothing is. */
  readonly blastRadius: BlastRadius | null;
  readonly items: readonly PlannedItem[];
}

const labelled = 9;

/**
 * A plan of managed files for people who are asked whether it shall be: what is written and for whom,
 * then what is left and why.
 */
export function infraQuestion(
  groups: readonly Together[],
  others: readonly PlannedItem[],
): readonly string[] {
  const byHand = others.filter(({ item }) => item.action === 'left' && item.verdict !== 'unknown');
  const unseen = others.filter(({ item }) => item.verdict === 'unknown');
  return [
    ...groups.flatMap(({ service, blastRadius, items }) => [
      service === null
        ? 'written, and nothing is started anew'
        : `${service}: written, told once, and proved`,
      ...items.map(({ item, change }) =>
        row(item.action, [item.id, changeText(change), item.note].filter(Boolean).join('  ')),
      ),
      ...(blastRadius ? radiusRows({ blastRadius }) : []),
    ]),
    ...byHand.map(({ item }) => row('left', `${item.id}: ${item.verdict}, ${item.note}`)),
    ...unseen.map(({ item }) => row('not', `${item.id} could not be looked at: ${item.note}`)),
  ];
}

function row(label: string, words: string): string {
  return `  ${label.padEnd(labelled)} ${words}`;
}
