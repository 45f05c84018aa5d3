import {
  hasChanges,
  type InfraItem,
  infraState,
  type PlannedItem,
  unreadable,
} from '../../model/infra.ts';
import { shellWord } from '../../model/shell-word.ts';
import { envelope } from '../../outputs/envelope.ts';
import { infraDiff, infraJson, infraTable } from '../../outputs/infra-text.ts';
import { nextOfPlan } from '../../outputs/next-of-infra.ts';
import { type Command, type Context, headOf, sameNetwork, wantsColor } from '../context.ts';
import { onlyNamed } from './only-named.ts';
import { withInfra } from './open-infra.ts';
import { planOf, tellGoingOn } from './plan-of.ts';
import { savePlan } from './saved-plan-file.ts';
import { tellServing } from './tell-serving.ts';

interface Shown {
  readonly verb: string;
  readonly text: (items: readonly PlannedItem[], color: boolean) => string;
  readonly json: (items: readonly PlannedItem[]) => object;
  /** Whether what differs is exit 2. */
  readonly tellsChanges: (context: Context) => boolean;
  /** Whether it tells in words what is started anew. */
  readonly tellsServing?: boolean;
}

const itemsOf = (items: readonly PlannedItem[]): readonly InfraItem[] =>
  items.map(({ item }) => item);

/** A plan that is shown: it only reads. */
function showing({ verb, text, json, tellsChanges, tellsServing = false }: Shown): Command {
  return (context) =>
    withInfra(context, async (infra) => {
      const plan = await planOf(infra);
      await tellGoingOn(plan.unfinished, infra);
      const items = onlyNamed(plan.items, context.options);
      const { out } = context.options;
      if (out !== null) await savePlan(out, items, infra);
      if (context.options.json) {
        const ok = unreadable(itemsOf(items)).length === 0;
        const nextActions = nextOfPlan(itemsOf(items), {
          where: sameNetwork(context),
          planFile: out,
        });
        const schema = `joelclaw.infra-${verb}/v1`;
        const answer = { schema, ok, result: json(items), nextActions };
        await context.write(envelope(headOf(context, `infra ${verb}`), answer));
      } else {
        await context.write(text(items, wantsColor(context)));
        if (tellsServing) await tellServing({ items, plan }, infra);
        if (out !== null) await context.write(`kept: joelclaw infra apply ${shellWord(out)}\n`);
      }
      return exitCodeOf(itemsOf(items), tellsChanges(context));
    });
}

/** What could not be read is exit 1, whatever else there is: it is never in sync. */
function exitCodeOf(items: readonly InfraItem[], tellsChanges: boolean): number {
  if (unreadable(items).length > 0) return 1;
  return tellsChanges && hasChanges(items) ? 2 : 0;
}

/** What an apply would do. */
export const infraPlan = showing({
  verb: 'plan',
  text: (items, color) => infraTable(itemsOf(items), color),
  json: (items) => infraJson(itemsOf(items)),
  tellsChanges: ({ options }) => options.detailedExitcode,
  tellsServing: true,
});

/** What an apply would change in each text. */
export const infraDiffCommand = showing({
  verb: 'diff',
  text: infraDiff,
  json: (items) => ({
    state: infraState(itemsOf(items)),
    items: items.map(({ item, change }) => ({ ...infraJson([item]).items[0], change })),
  }),
  tellsChanges: ({ options }) => options.detailedExitcode,
});

/** What is not as the repo says: for a timer, which reads the exit code. */
export const infraDrift = showing({
  verb: 'drift',
  text: (items, color) => {
    const off = itemsOf(items).filter(
      (item) => hasChanges([item]) || unreadable([item]).length > 0,
    );
    return off.length === 0 ? 'nothing has drifted\n' : infraTable(off, color);
  },
  json: (items) => infraJson(itemsOf(items)),
  tellsChanges: () => true,
});
