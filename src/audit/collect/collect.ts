import { FaultError } from '../../model/errors.ts';
import type { Fault } from '../../model/fault.ts';
import { faultOf } from '../../model/fault.ts';
import type { Host } from '../../model/inventory.ts';
import type { CallOptions, Transports } from '../../transports/contract.ts';
import { createAnswerReader } from './answer-reader.ts';
import type { Answers } from './answers.ts';
import { auditScript } from './script.ts';

/** Far more than the longest honest answer; a host that says more is cut off there. */
const maxBytes = 2 * 1024 * 1024;

/** The host ends by itself before it is ended: what it has told is whole then. */
const marginMs = 3000;

/** A page that is asked for where it is served. */
export interface Page {
  readonly port: number;
  /** `/health?x=1` */
  readonly path: string;
}

export interface Collection {
  readonly answers: Answers;
  /** Why it is not whole; null of a whole one. */
  readonly cutOff: Fault | null;
  /** The host's clock less ours, in milliseconds; null where it was not told. */
  readonly skewMs: number | null;
}

export interface CollectRequest {
  readonly host: Host;
  readonly pages: readonly Page[];
  readonly transports: Transports;
  readonly options: CallOptions;
  /** Told the name of each probe as it begins. */
  readonly onProbe: (id: string) => void;
}

/**
 * Looks into a host over one connection. What came before it was cut off is kept: it rejects with
 * the FaultError only where nothing came at all.
 */
export async function collectFrom(request: CollectRequest): Promise<Collection> {
  const { host, pages, transports, options, onProbe } = request;
  const { clock } = transports;
  let askedMs = clock.now();
  const reader = createAnswerReader((id) => {
    if (id === 'clock') askedMs = clock.now();
    onProbe(id);
  });
  const parameters = pages.flatMap(({ port, path }) => [String(port), path]);
  const seconds = Math.max(2, Math.floor((options.timeoutMs - marginMs) / 1000));
  const cutOff = await transports
    .exec(
      {
        on: host,
        argv: ['/bin/sh', '-s', '--', String(seconds), ...parameters],
        input: auditScript,
        maxBytes,
        heard: reader.hear,
      },
      options,
    )
    .then(({ exitCode, signal }) => endedBy(exitCode, signal), faultIn);
  const { answers, isWhole } = reader.end();
  if (answers.size === 0 && cutOff) throw new FaultError(cutOff);
  const skewMs = skewOf(answers, askedMs);
  return {
    answers,
    skewMs,
    cutOff: isWhole ? null : (cutOff ?? faultOf('protocol', 'its answer was cut off')),
  };
}

function faultIn(error: unknown): Fault {
  if (error instanceof FaultError && error.fault.code !== 'aborted') return error.fault;
  throw error;
}

function endedBy(exitCode: number | null, signal: string | null): Fault | null {
  if (exitCode === 0) return null;
  return faultOf('protocol', `/bin/sh ended there with ${signal ?? exitCode}`);
}

/** To the second, as its date tells no more. */
function skewOf(answers: Answers, askedMs: number): number | null {
  const [seconds] = /^\d{9,11}$/m.exec(answers.get('clock')?.text ?? '') ?? [];
  if (seconds === undefined) return null;
  const apart = Number(seconds) * 1000 - askedMs;
  return Math.abs(apart) < 2000 ? 0 : Math.round(apart / 1000) * 1000;
}
