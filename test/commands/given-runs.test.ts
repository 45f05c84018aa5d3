import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { carryOut } from '../../src/commands/acting/carry-out.ts';
import { prepareRunDeed } from '../../src/commands/acting/prepare-run-deed.ts';
import { emptyNetworkState } from '../../src/model/health.ts';
import type { Acted } from '../../src/model/plan.ts';
import type { RunVerb } from '../../src/model/verb.ts';
import type { HttpResponse, Transports } from '../../src/transports/contract.ts';
import { type Bench, benchOf } from '../lab/sample.ts';
import { actGroundOf, untilDone } from '../support/acting-ground.ts';

let bench: Bench;
let stateFolder: string;
beforeEach(async () => {
  bench = benchOf('healthy');
  stateFolder = await mkdtemp(join(tmpdir(), 'joelclaw-runs-'));
});
afterEach(() => rm(stateFolder, { recursive: true, force: true }));

/** A server that answers as the lab's does, but for some requests. */
function serverWhere(change: (body: string, answer: HttpResponse) => object): Transports {
  const { transports } = bench.lab;
  return {
    ...transports,
    http: async (request, options) => {
      const answer = await transports.http(request, options);
      const changed = change(`${request.url} ${request.body ?? ''}`, answer);
      return {
        ...answer,
        ...('data' in changed || 'ids' in changed || 'errors' in changed
          ? { body: JSON.stringify(changed) }
          : {}),
      };
    },
  };
}

async function act(verb: RunVerb, transports: Transports): Promise<Acted> {
  const { network } = bench;
  const ground = actGroundOf({ network, transports, stateFolder });
  const wanted = { id: 'video-download', wish: { verb, object: null } };
  const prepared = prepareRunDeed(wanted, emptyNetworkState, ground);
  return untilDone(
    bench.clock,
    prepared.then((one) => carryOut(one, ground)),
  );
}

test('a run that came of another’s event is no proof of ours', async () => {
  // The event that we send starts nothing; the one that starts a run is another's.
  const deaf = serverWhere((asked) =>
    asked.includes('/e/') ? { ids: ['01EVENT000000000000000000'], status: 200 } : {},
  );
  const { outcome, steps, receipt } = await act('send-event', deaf);
  expect(steps).toMatchObject([{ state: 'done', given: '01EVENT000000000000000000' }]);
  expect({ outcome, note: receipt?.note }).toEqual({
    outcome: 'failed',
    note: 'not so in time: no run has come of it',
  });
});

test('the run that the server names is the one that is told', async () => {
  const first = await act('send-event', bench.lab.transports);
  expect(first.outcome).toBe('done');
  const again = await act('rerun', bench.lab.transports);
  expect(again.receipt?.after.revision).toBe(`run ${again.steps[0]?.given} RUNNING`);
  const lost = serverWhere((asked) =>
    asked.includes('given: run') ? { data: { given: null } } : {},
  );
  expect(await act('rerun', lost)).toMatchObject({ outcome: 'failed' });
});

test('where the server does not know that question, any new run is the proof', async () => {
  const extensions = { code: 'GRAPHQL_VALIDATION_FAILED' };
  const old = serverWhere((asked) =>
    asked.includes('given: eventV2')
      ? { errors: [{ message: 'Cannot query field', extensions }] }
      : {},
  );
  expect(await act('send-event', old)).toMatchObject({ outcome: 'done' });
});
