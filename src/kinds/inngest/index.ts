import type { JsonObject } from '../../model/json.ts';
import type { Part } from '../../model/result.ts';
import { defineKind } from '../contract.ts';
import type { FunctionFacts, InngestFacts } from './facts.ts';
import { judgeFunction, judgeServer, marksOf } from './judge.ts';
import { observe } from './observe.ts';
import { spec } from './spec.ts';

/** What an Inngest server would start, what the worker serves, and how the last runs ended. */
export const inngest = defineKind({
  kind: 'inngest',
  summary: 'The functions of an Inngest app are registered, served and run. Made from `inngest`.',
  intervalMs: 30_000,
  spec,
  observe,
  judge: (facts: InngestFacts) => judgeServer(facts),
  parts: (facts: InngestFacts) => facts.functions.map((one) => partOf(one, facts)),
});

function partOf(one: FunctionFacts, facts: InngestFacts): Part {
  const { slug: id, name, app, triggers, nextRun, lastRun, inFlight, runs24h, cadenceMs } = one;
  const marks = marksOf(one);
  const shown = { slug: id, app, triggers, nextRun, lastRun, inFlight, runs24h, cadenceMs, marks };
  const verdict = judgeFunction(one, facts);
  return { id, kind: 'function', name, verdict, facts: shown as unknown as JsonObject };
}
