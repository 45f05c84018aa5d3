import type { Report } from '../model/report.ts';
import type { State } from '../model/state.ts';
import { envelope } from '../outputs/envelope.ts';
import { nextActions } from '../outputs/next-actions.ts';
import { driftJson, functionsJson, nodeJson, serviceJson } from '../outputs/report-json.ts';
import { driftTable, functionsTable, nodesTable, servicesTable } from '../outputs/tables.ts';
import { type Command, headOf, sameNetwork, wantsColor } from './context.ts';
import { exitCodeOf } from './status.ts';
import { takeSample } from './take-sample.ts';

interface Tab {
  readonly verb: string;
  readonly result: (report: Report) => unknown;
  readonly table: (report: Report, color: boolean) => string;
  /** What `ok` and `--exit-code` follow; the whole network's unless told. */
  readonly stateOf?: (report: Report) => State;
}

/** One tab of the cockpit as a command: a table, or the block of the status JSON. */
function tab({ verb, result, table, stateOf = ({ summary }) => summary.state }: Tab): Command {
  return async (context) => {
    const { report, source, inventory } = await takeSample(context, []);
    const state = stateOf(report);
    if (context.options.json) {
      const answer = {
        schema: `joelclaw.${verb}/v1`,
        ok: state === 'up',
        source,
      };
      const more = {
        result: result(report),
        nextActions: nextActions(report, { inventory, where: sameNetwork(context) }),
      };
      await context.write(envelope(headOf(context, verb), { ...answer, ...more }));
    } else await context.write(table(report, wantsColor(context)));
    return exitCodeOf(state, context.options.exitCode);
  };
}

/** Every host with its resources. */
export const nodes = tab({
  verb: 'nodes',
  result: ({ summary, nodes }) => ({ summary, nodes: nodes.map(nodeJson) }),
  table: nodesTable,
});

/** Every service, worst first. */
export const services = tab({
  verb: 'services',
  result: ({ summary, services }) => ({ summary, services: services.map(serviceJson) }),
  table: servicesTable,
});

/** The Inngest functions: what is registered, what starts each, how it ran. */
export const functionsTab = tab({
  verb: 'functions',
  result: functionsJson,
  table: functionsTable,
  // A network without Inngest has no functions in trouble.
  stateOf: ({ functions: { state } }) => (state === 'n/a' ? 'up' : state),
});

/** The managed files, and how each compares with what stands where it goes. */
export const drift = tab({
  verb: 'drift',
  result: driftJson,
  table: driftTable,
  // What differs is no trouble of the network: the answer says it.
  stateOf: () => 'up',
});
