import { expect, test } from 'vitest';
import { chooseLogs } from '../../src/commands/acting/choose-logs.ts';
import type { HttpResponse, Transports } from '../../src/transports/contract.ts';
import { answered } from '../kinds/strict-transports.ts';
import { benchOf } from '../lab/sample.ts';

const { lab, network, clock } = benchOf('healthy');
const choose = (ids: readonly string[], http: Transports['http'] = lab.transports.http) => {
  const known = { secrets: [], identity: '', rootPath: null, badge: null, stateFolder: '' };
  const open = { network, transports: { ...lab.transports, http }, ...known };
  return clock.until(chooseLogs(ids, open, new AbortController().signal));
};
const refusing = (status: number) => async (): Promise<HttpResponse> => answered('', { status });
const notAsked = (): Promise<HttpResponse> => Promise.reject(new Error('nobody is asked'));

test('services are found without asking anybody: by id, by name, by host', async () => {
  const { services, functions } = await choose(['panda/worker', 'redis', 'clanker-001'], notAsked);
  expect(services.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['panda/worker', 'panda/redis', 'clanker-001/pdf-brain']),
  );
  expect(functions).toEqual([]);
});

test('functions are found by slug or short name, and no service is taken with them', async () => {
  expect(await choose(['video-download', 'system-bus-content-sync'])).toEqual({
    services: [],
    functions: ['system-bus-video-download', 'system-bus-content-sync'].map((name) => ({
      ...{ server: 'inngest', url: 'http://localhost:8288', app: 'system-bus', name },
    })),
  });
});

test('what nothing is called is refused, with the nearest name', async () => {
  await expect(choose(['video-downlod'])).rejects.toMatchObject({
    message: 'no host, service or function is called "video-downlod"',
    hint: 'did you mean video-download?',
  });
});

test('where a server does not tell its functions the name may be one of them', async () => {
  const { functions } = await choose(['video-downlod'], refusing(401));
  expect(functions).toMatchObject([{ server: 'inngest', name: 'video-downlod' }]);
});
