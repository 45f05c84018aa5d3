import { type Deadline, untilAborted } from '../deadline.ts';
import { connectionFault } from '../fault-of-error.ts';
import { exchange } from '../http-exchange.ts';
import type { Sockets } from '../sockets.ts';
import { answerFault } from './answer-fault.ts';
import type { Asked } from './asked.ts';
import type { ClusterAccess } from './cluster-access.ts';

/** How and until when a cluster is asked. */
export interface AskGround {
  readonly access: ClusterAccess;
  readonly deadline: Deadline;
  readonly sockets: Sockets;
}

/** What is asked of a cluster, outside of what its cache holds. */
interface Question extends Pick<Asked, 'verb' | 'resource' | 'namespace'> {
  readonly path: string;
  readonly patch?: Parameters<ClusterAccess['prepare']>[2];
  /** Of a longer answer no more is read. */
  readonly maxBytes?: number;
}

/** One question, and the text of its answer. Rejects with Node's error or a FaultError. */
export function askOnce(
  { path, patch, maxBytes, ...question }: Question,
  { access, deadline, sockets }: AskGround,
): Promise<string> {
  const { signal } = deadline;
  const ask = async (): Promise<string> => {
    const made = await untilAborted(signal, () => access.prepare(path, 'list', patch));
    const prepared = maxBytes === undefined ? made : { ...made, maxBytes };
    const answer = await exchange(prepared, deadline);
    if (answer.status !== 200) throw answerFault(answer, { ...question, access, prepared });
    return answer.body;
  };
  return sockets.withSlot(access.target, signal, ask).catch((error: unknown) => {
    throw connectionFault(error, access.target);
  });
}
