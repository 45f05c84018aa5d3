import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeKillAt } from '../support/kill-at.ts';
import { makeObjectsPlace, type ObjectsPlace } from '../support/objects-place.ts';

const path = '/api/v1/namespaces/home/configmaps/settings';

function settings(memory: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: home}
data: {memory: ${memory}}
`;
}

function memoryIn({ applies }: ObjectsPlace): string | undefined {
  return /"memory":"(\w+)"/.exec(JSON.stringify(applies.at(path)))?.[1];
}

async function lastJournal(state: string): Promise<string> {
  const [network = ''] = await readdir(state);
  const applies = join(state, network, 'applies');
  const id = (await readdir(applies)).toSorted().at(-1) ?? '';
  return readFile(join(applies, id, 'journal.ndjson'), 'utf8').catch(() => '');
}

it('an apply to a cluster that is killed at any step is finished, or taken back, by the next', async () => {
  const place = await makeObjectsPlace();
  const killer = join(place.state, '..', 'kill-at.mjs');
  await writeKillAt(killer);
  const apply = (env = {}) => place.infra(['apply', '--yes', '--only', 'k8s/redis'], env);
  await place.infra(['apply', '--yes', '--only', 'k8s/home']);
  await place.write('redis.yaml', settings('old'));
  await apply();
  const seen = new Set<string>();
  for (let step = 1; ; step++) {
    await place.write('redis.yaml', settings('new'));
    const { signal, code } = await apply({
      ...{ NODE_OPTIONS: `--import=${killer}`, KILL_AT: `${step}` },
      KILL_BELOW: place.state,
    });
    if (signal !== 'SIGKILL' && code !== 137) break;
    const stands = memoryIn(place);
    const journal = await lastJournal(place.state);
    const isBegun = journal.includes('"intent"') && !journal.includes('"end"');
    seen.add(`${stands}${isBegun ? ', begun' : ''}`);
    if (step % 2 === 0 && isBegun) {
      const { code, stderr } = await place.infra(['rollback', '--yes']);
      expect([step, code, stderr, memoryIn(place)]).toEqual([step, 0, expect.anything(), 'old']);
    }
    const finished = await apply();
    expect([step, finished.code, memoryIn(place)]).toEqual([step, 0, 'new']);
    await place.write('redis.yaml', settings('old'));
    expect([step, (await apply()).code, memoryIn(place)]).toEqual([step, 0, 'old']);
  }
  expect([...seen].toSorted()).toEqual(['new', 'new, begun', 'old', 'old, begun']);
  expect(memoryIn(place)).toBe('new');
  await place.remove();
}, 300_000);
