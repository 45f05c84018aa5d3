import { FaultError } from '../model/errors.ts';
import type { ObserveContext } from './contract.ts';

/** Asks all questions by one program; the answers come in their order. */
type AskAll<Question, Answer> = (
  questions: readonly Question[],
  context: ObserveContext,
) => Promise<readonly Answer[]>;

interface Batch<Question, Answer> {
  readonly context: ObserveContext;
  readonly questions: Question[];
  readonly answers: Promise<readonly Answer[]>;
}

/**
 * What checks of one run ask of one host at one moment, under the same limits, is asked by one
 * program. Each has its own answer: where the joint one cannot be had for a reason that may be one
 * question's alone, each is asked by itself.
 */
export function askedTogether<Question, Answer>(
  askAll: AskAll<Question, Answer>,
): (question: Question, context: ObserveContext) => Promise<Answer> {
  const open: Batch<Question, Answer>[] = [];
  const begin = (context: ObserveContext): Batch<Question, Answer> => {
    const questions: Question[] = [];
    const { clock } = context.transports;
    // Those that waited for one answer, or for their turn, go on within the same round of the loop.
    const answers = clock.sleep(0, context.options.signal).then(() => {
      open.splice(open.indexOf(batch), 1);
      return askAll(questions, context);
    });
    const batch = { context, questions, answers };
    open.push(batch);
    return batch;
  };
  return async (question, context) => {
    const batch = open.find((one) => isSameRun(one.context, context)) ?? begin(context);
    const index = batch.questions.push(question) - 1;
    try {
      return answerAt(await batch.answers, index);
    } catch (error) {
      if (batch.questions.length === 1 || !mayBeOfOne(error)) throw error;
      return answerAt(await askAll([question], context), 0);
    }
  };
}

function isSameRun(one: ObserveContext, other: ObserveContext): boolean {
  return (
    one.transports === other.transports &&
    one.host.name === other.host.name &&
    one.options.signal === other.options.signal &&
    one.options.timeoutMs === other.options.timeoutMs
  );
}

/** An answer that is not understood, or a program that failed: not silence, and not a missing program. */
function mayBeOfOne(error: unknown): boolean {
  return error instanceof FaultError && error.fault.code === 'protocol';
}

function answerAt<Answer>(answers: readonly Answer[], index: number): Answer {
  const answer = answers[index];
  if (answer === undefined) throw new Error(`no answer to question ${index}`);
  return answer;
}
