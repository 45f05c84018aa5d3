import type { PlannedItem } from '../model/infra.ts';
import type { BlastRadius, Plan } from '../model/plan.ts';
import { changeText } from './change-text.ts';
import { planText, radiusRows } from './plan-text.ts';

/** What happens to a service once its files are written. */
export interface Serving {
  /** Null where nothing is started anew for them. */
  readonly service: string | null;
  /** What starts it anew; null where it is not started anew. */
  readonly plan: Plan | null;
  /** What starting it anew reaches; null where there is no service, or its plan says so. */
  readonly blastRadius: BlastRadius | null;
  /** What is done in its place. */
  readonly words: readonly string[];
}

/** The items that are written together, and what happens then. */
export interface Together extends Serving {
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
    ...groups.flatMap(({ items, ...serving }) => [
      serving.service === null
        ? 'written, and nothing is started anew'
        : `${serving.service}: written, told once, and proved`,
      ...items.map(({ item, change }) =>
        row(item.action, [item.id, changeText(change), item.note].filter(Boolean).join('  ')),
      ),
      ...servingRows(serving),
    ]),
    ...byHand.map(({ item }) => row('left', `${item.id}: ${item.verdict}, ${item.note}`)),
    ...unseen.map(({ item }) => row('not', `${item.id} could not be looked at: ${item.note}`)),
  ];
}

/** What is told of a plan of managed files before a yes: what is started anew, how, and at which risk. */
export function servingText(all: readonly Serving[]): string {
  const blocks = all.flatMap((one) => {
    const rows = servingRows(one);
    const head =
      one.service === null ? 'once they are written' : `${one.service}, once it is written`;
    return rows.length === 0 ? [] : [head, ...rows];
  });
  return blocks.map((line) => `${line}\n`).join('');
}

function servingRows({ plan, blastRadius, words }: Serving): readonly string[] {
  const [head = '', ...rows] = plan ? planText(plan).trimEnd().split('\n') : [];
  return [
    ...(plan ? [row('then', head), ...rows] : []),
    ...words.map((one, index) => row(index === 0 ? 'then' : '', one)),
    ...(blastRadius ? radiusRows({ blastRadius }) : []),
  ];
}

function row(label: string, words: string): string {
  return `  ${label.padEnd(labelled)} ${words}`;
}
