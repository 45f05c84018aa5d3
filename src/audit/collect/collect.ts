import { FaultError } from '../../model/errors.ts';
import type { Fault } from '../../model/fault.ts';
import { faultOf } from '../../model/fault.ts';
import type { Host } from '../../model/inventory.ts';
import type { CallOptions, Transports } from '../../transports/contract.ts';
import { type Answers, readAnswers } from './answers.ts';
import { auditScript } from './script.ts';

/** Far more than the longest honest answer; a host that says more is cut off there. */
const maxBytes = 4 * 1024 * 1024;

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
  const said: string[] = [];
  let rest = '';
  const heard = (text: string): void => {
    said.push(text);
    const lines = (rest + text).split('\n');
    rest = (lines.pop() ?? '').slice(0, 200);
    for (const line of lines) if (line.startsWith('@@BEGIN ')) onProbe(line.slice(8));
  };
  const parameters = pages.flatMap(({ port, path }) => [String(port), path]);
  const askedMs = transports.clock.now();
  const cutOff = await transports
    .exec(
      {
        on: host,
        argv: ['/bin/sh', '-s', '--', '5', ...parameters],
        input: auditScript,
        maxBytes,
        heard,
      },
      options,
    )
    .then(({ exitCode, signal }) => endedBy(exitCode, signal), faultIn);
  const { answers, isWhole } = readAnswers(said.join(''));
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
