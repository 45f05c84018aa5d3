import { nodeIdOf } from '../model/node-id.ts';
import type { Report } from '../model/report.ts';
import type { State } from '../model/state.ts';

/** One line of `--watch`: what a node, a service or an Inngest server's functions are now, and were. */
export interface Change {
  readonly type: 'change';
  readonly at: string | null;
  readonly id: string;
  readonly from: State;
  readonly to: State;
  readonly note: string;
}

/** The nodes, services and Inngest servers whose state differs between two reports, in inventory order. */
export function changesBetween(before: Report, after: Report): readonly Change[] {
  const known = new Map(subjects(before).map((subject) => [subject.id, subject]));
  return subjects(after).flatMap(({ id, state, note }) => {
    const was = known.get(id);
    if (!was || was.state === state) return [];
    return [{ type: 'change' as const, at: after.at, id, from: was.state, to: state, note }];
  });
}

function subjects({
  nodes,
  services,
  functions,
}: Report): readonly { id: string; state: State; note: string }[] {
  return [
    ...nodes.map((node) => ({ id: nodeIdOf(node), state: node.state, note: node.note })),
    ...services,
    // No name holds a colon: it is told apart from a host.
    ...functions.apps.map(({ server, state, note }) => ({
      id: `functions:${server}`,
      state,
      note,
    })),
  ];
}
