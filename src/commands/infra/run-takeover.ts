import { alone, heldCode } from '../../audit/adopt/takeover-alone.ts';
import { type TakeoverVerb, takeoverScript } from '../../audit/adopt/takeover-script.ts';
import type { Takeover } from '../../model/adoption.ts';
import { FaultError } from '../../model/errors.ts';
import type { ActGround } from '../acting/prepared.ts';

/** What a takeover's script has said; `failed` are its words where it did not do what was asked. */
export interface TakeoverSaid {
  readonly lines: readonly string[];
  readonly failed: string | null;
}

/** It waits for another to end, for a process to end, or to come up. A step that has begun is finished. */
const options = { timeoutMs: 300_000, signal: new AbortController().signal };

/** Runs one verb of a takeover on its host. */
export async function runTakeover(
  verb: TakeoverVerb,
  { takeover, environment }: { readonly takeover: Takeover; readonly environment: string },
  { open: { network, transports } }: ActGround,
): Promise<TakeoverSaid> {
  const { adoption } = takeover;
  const on = network.inventory.hosts.find(({ name }) => name === adoption.host);
  if (!on) return { lines: [], failed: `there is no host ${adoption.host} any more` };
  const input = takeoverScript(verb, takeover, environment);
  try {
    const { exitCode, stdout, stderr } = await transports.exec(
      { on, argv: alone(adoption.unit), input },
      options,
    );
    const last = stderr.trim().split('\n').at(-1) ?? '';
    const isHeld = exitCode === heldCode;
    const why = isHeld ? `another takeover by ${adoption.unit} goes on there` : last;
    const failed = exitCode === 0 ? null : why || `its script ended with ${exitCode}`;
    return { lines: stdout.split('\n'), failed };
  } catch (error) {
    if (error instanceof FaultError) return { lines: [], failed: error.fault.message };
    throw error;
  }
}
