import { type Deadline, untilAborted } from '../deadline.ts';
import { connectionFault } from '../fault-of-error.ts';
import { exchange } from '../http-exchange.ts';
import type { Sockets } from '../sockets.ts';
import { answerFault } from './answer-fault.ts';
import type { Asked } from './asked.ts';
import type { Change, ClusterAccess } from './cluster-access.ts';

/** What every exchange with an API server needs. */
export interface AskGround {
  readonly deadline: Deadline;
  readonly sockets: Sockets;
}

interface Question extends Pick<Asked, 'verb' | 'resource' | 'namespace'> {
  readonly path: string;
  readonly change?: Change;
  readonly maxBytes?: number;
  /** Beside 200. */
  readonly good?: readonly number[];
  /** Whether a body of any other status is an answer too. */
  readonly isAnswer?: (body: string) => boolean;
}

/** One exchange with the API server: what it answers. Rejects with Node's error or a FaultError. */
export function askOnce(
  { path, change, maxBytes, good = [], isAnswer = () => false, ...asked }: Question,
  access: ClusterAccess,
  { deadline, sockets }: AskGround,
): Promise<string> {
  const { signal } = deadline;
  const ask = async (): Promise<string> => {
    const made = await untilAborted(signal, () => access.prepare(path, 'list', change));
    const prepared = maxBytes === undefined ? made : { ...made, maxBytes };
    const answer = await exchange(prepared, deadline);
    const isGood = answer.status === 200 || good.includes(answer.status);
    if (isGood || isAnswer(answer.body)) return answer.body;
    throw answerFault(answer, { ...asked, access, prepared });
  };
  return sockets.withSlot(access.target, signal, ask).catch((error: unknown) => {
    throw connectionFault(error, access.target);
  });
}
