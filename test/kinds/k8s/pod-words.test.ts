import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import type { Result } from '../../../src/model/result.ts';
import { serviceOf } from '../../model/made.ts';
import { look, verdictOf } from '../look.ts';
import { type Call, nowMs } from '../strict-transports.ts';
import { cluster } from './ask.ts';
import { ended, podOf, unreadyPod, waiting, workloadOf } from './objects.ts';

const crashed = "Error: Cannot find module '@ai-sdk/openai'\n    at Module._load\n";

const podLog = (previous: boolean, answer: string | Error): Call => ({
  verb: 'podLog',
  request: {
    cluster: 'joelclaw',
    namespace: 'joelclaw',
    pod: 'redis-0',
    container: 'main',
    previous,
    lines: 40,
  },
  answer,
});

function lookAt(container: JsonObject, calls: readonly Call[]): Promise<Result> {
  const lists = {
    statefulsets: [workloadOf()],
    pods: [container['ready'] === false ? unreadyPod({ container }) : podOf({ container })],
    events: [],
  };
  const asked = Object.entries(lists).map(([resource, items]): Call => {
    const request = { cluster: 'joelclaw', resource, namespace: 'joelclaw' };
    return { verb: 'kube', request, answer: { items, provenAtMs: nowMs } };
  });
  return look({
    kind: 'k8s',
    spec: { cluster: 'joelclaw', workload: 'statefulset/redis' },
    cluster,
    service: serviceOf('panda/redis'),
    calls: [...asked, ...calls],
  });
}

const looping = waiting('CrashLoopBackOff', { restartCount: 5, lastState: ended(1, 20) });
const absent = new FaultError(faultOf('protocol', 'the API server answered 400'));

describe('what a pod in trouble has said', () => {
  it('is quoted from the run that ended', async () => {
    const { facts } = await lookAt(looping, [podLog(true, crashed)]);
    expect(facts['lastWords']).toEqual({
      text: "Error: Cannot find module '@ai-sdk/openai'",
      from: 'pod/redis-0',
    });
  });

  it('is quoted from the run that goes on where the other is not kept', async () => {
    const calls = [podLog(true, absent), podLog(false, 'fatal: no space left')];
    const { facts } = await lookAt(looping, calls);
    expect(facts['lastWords']).toMatchObject({ text: 'fatal: no space left' });
  });

  it('is nothing where its log may not be read, and the verdict is the same', async () => {
    const result = await lookAt(looping, [podLog(true, absent), podLog(false, absent)]);
    expect(result.facts['lastWords']).toBeNull();
    expect(verdictOf(result)).toMatch(/^down: redis-0: CrashLoopBackOff after exit 1/);
  });

  it('is not asked of one that is well, nor of one whose image cannot be had', async () => {
    expect((await lookAt({}, [])).facts['lastWords']).toBeNull();
    const { facts } = await lookAt(waiting('ImagePullBackOff'), []);
    expect(facts['lastWords']).toBeNull();
  });
});
