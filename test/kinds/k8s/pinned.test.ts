import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import { verdictOf } from '../look.ts';
import { lookAt, recorded } from './ask.ts';
import { podOf, workloadOf } from './objects.ts';

describe('a workload of a cluster that is pinned', () => {
  const uid = 'd092cd15-0fa5-40cb-94f1-38ff3c31a734';
  const there = { statefulsets: [workloadOf()], pods: [podOf()], events: [] };

  it('is looked at in that cluster alone, also where all looks well', async () => {
    const lists = { ...there, namespaces: recorded('namespaces') };
    expect(verdictOf(await lookAt({ lists, cluster: { uid } }))).toBe('up: 1 of 1 ready');
    const other = { statefulsets: [workloadOf()], namespaces: recorded('namespaces') };
    const { verdict } = await lookAt({ lists: other, cluster: { uid: 'mine' } });
    expect(verdict.state).toBe('unknown');
    expect(verdict.note).toContain('another cluster answers');
  });

  it('is looked at where nobody may say which cluster it is', async () => {
    const namespaces = new FaultError(faultOf('forbidden', 'may not list namespaces'));
    const lists = { ...there, namespaces };
    expect(verdictOf(await lookAt({ lists, cluster: { uid } }))).toBe('up: 1 of 1 ready');
  });
});
