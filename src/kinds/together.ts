import { FaultError } from '../model/errors.ts';
import type { ObserveContext } from './contract.ts';

interface Asking<Question, Answer> {
  /** Questions of one scope can be asked by one program. */
  scopeOf(question: Question): string;
  /** Asks all questions of a scope; the answers come in their order. */
  askAll(questions: readonly Question[], context: ObserveContext): Promise<readonly Answer[]>;
}

interface Batch<Question, Answer> {
  readonly scope: string;
  readonly context: ObserveContext;
  readonly questions: Question[];
  /** Told when it is asked, each for its own question. */
  readonly begun: (() => void)[];
  readonly answers: Promise<readonly Answer[]>;
}

/**
 * What checks ask of one host at one moment, within one run and under the same limits, is asked by
 * one program. Each has an answer of its own: where the joint one cannot be had for a reason that
 * may be one question's alone, each is asked by itself.
 */
export function askedTogether<Question, Answer>({
  scopeOf,
  askAll,
}: Asking<Question, Answer>): (question: Question, context: ObserveContext) => Promise<Answer> {
  const open: Batch<Question, Answer>[] = [];
  const begin = (scope: string, context: ObserveContext): Batch<Question, Answer> => {
    const questions: Question[] = [];
    const begun: (() => void)[] = [];
    const began = (): void => {
      for (const tell of begun) tell();
    };
    // All checks that are due have been started before the next microtask, and all that have
    // waited for one answer go on within the same one.
    const answers = Promise.resolve().then(() => {
      open.splice(open.indexOf(batch), 1);
      return askAll(questions, { ...context, options: { ...context.options, began } });
    });
    const batch = { scope, context, questions, begun, answers };
    open.push(batch);
    return batch;
  };
  return async (question, context) => {
    const scope = scopeOf(question);
    const fits = (one: Batch<Question, Answer>): boolean =>
      one.scope === scope && isSameRun(one.context, context);
    const batch = open.find(fits) ?? begin(scope, context);
    const index = batch.questions.push(question) - 1;
    if (context.options.began) batch.begun.push(context.options.began);
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

/** A program that failed or is not understood; neither silence nor a program that is not there. */
function mayBeOfOne(error: unknown): boolean {
  return error instanceof FaultError && error.fault.code === 'protocol';
}

function answerAt<Answer>(answers: readonly Answer[], index: number): Answer {
  const answer = answers[index];
  if (answer === undefined) throw new Error(`there is no answer to question ${index}`);
  return answer;
}
