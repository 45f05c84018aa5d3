import type { ApplyGround } from '../../../src/commands/infra/apply-ground.ts';
import { type ApplyStore, memoryStore } from '../../../src/commands/infra/apply-store.ts';
import { carryOutPlan } from '../../../src/commands/infra/carry-out-plan.ts';
import { recordKeeper } from '../../../src/commands/infra/keep-record.ts';
import { makePlan } from '../../../src/commands/infra/make-plan.ts';
import { rollbackItems } from '../../../src/commands/infra/rollback-items.ts';
import type { PlannedItem } from '../../../src/model/infra.ts';
import type { Transports } from '../../../src/transports/contract.ts';
import type { Bench } from '../../lab/sample.ts';
import { actGroundOf, untilDone as inTime } from '../../support/acting-ground.ts';

const signal = new AbortController().signal;
const options = { timeoutMs: 5000, signal };

/** Applies and rollbacks in a lab, and what its transports are asked to run. */
export interface LabGround {
  readonly store: ApplyStore;
  readonly ran: string[];
  untilDone<T>(work: Promise<T>): Promise<T>;
  plan(): Promise<readonly PlannedItem[]>;
  /** Of these items, else of all that is planned: the outcome, then each step. */
  apply(id: string, items?: readonly PlannedItem[]): Promise<readonly string[]>;
  /** What takes an apply back. */
  undoing(id: string): Promise<readonly PlannedItem[]>;
}

/** One over a bench; `change` makes other transports of its own. */
export function labGround(
  bench: Bench,
  stateFolder: string,
  change: (transports: Transports) => Transports = (transports) => transports,
): LabGround {
  const store = memoryStore();
  const ran: string[] = [];
  const { exec, ...others } = bench.lab.transports;
  const transports = change({
    ...others,
    exec: (request, more) => {
      ran.push(request.argv.join(' '));
      return exec(request, more);
    },
  });
  const act = actGroundOf({ network: bench.network, transports, stateFolder });
  const makeOne = () =>
    makePlan({ open: act.open, store, ...options }, { overwriteDrift: true, prune: true });
  const untilDone = <T>(work: Promise<T>): Promise<T> => inTime(bench.clock, work);
  const applied = async (id: string, items?: readonly PlannedItem[]) => {
    const plan = await makeOne();
    const ground: ApplyGround = {
      ...{ act, signal, store, record: recordKeeper(act.open, plan.kept), id, undoes: null },
      ...{ noRestart: false, own: null, tell: () => {} },
    };
    return carryOutPlan({ items: items ?? plan.items, report: plan.report }, ground);
  };
  const undone = async (id: string) => {
    const log = (await store.list()).find((one) => one.id === id);
    if (!log) throw new Error(`there is no apply ${id}`);
    return rollbackItems(log, { open: act.open, store, options });
  };
  return {
    ...{ store, ran, untilDone },
    plan: () => untilDone(makeOne().then(({ items }) => items)),
    apply: async (id, items) => {
      const { outcome, steps } = await untilDone(applied(id, items));
      return [outcome, ...steps.map((one) => `${one.id} ${one.state}`)];
    },
    undoing: (id) => untilDone(undone(id)),
  };
}
