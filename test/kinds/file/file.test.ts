import { describe, expect, it } from 'vitest';
import { bind } from '../../../src/kinds/bind.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import { objectsOf } from '../../../src/model/read-facts.ts';
import type { HttpRequest } from '../../../src/transports/contract.ts';
import { inventoryOf } from '../../inventory/read.ts';
import { look, sshHost, verdictOf } from '../look.ts';
import { answered, type Call } from '../strict-transports.ts';

const wanted: JsonObject = {
  id: 'file/run',
  kind: 'file',
  source: 'infra/run',
  sourcePath: '/repo/infra/run',
  destination: '~/run',
  mode: null,
};
const seen = {
  ...{ path: '', isThere: true, isLink: false, mode: '0644', owner: null },
  ...{ text: 'a\n', sha256: 'aa', fault: null },
};

describe('the files of a host', () => {
  it('are looked at in one exchange beside those of the repo, each a part', async () => {
    const result = await look({
      kind: 'file',
      host: sshHost,
      spec: { files: [wanted, { ...wanted, id: 'file/two', destination: '/two' }] },
      calls: [
        {
          verb: 'lookAtFiles',
          request: { host: null, paths: ['/repo/infra/run', '/repo/infra/run'] },
          answer: [seen, seen],
        },
        {
          verb: 'lookAtFiles',
          request: { host: 'nas', paths: ['~/run', '/two'] },
          answer: [seen, { ...seen, isThere: false, mode: null, text: '' }],
        },
      ],
    });
    expect(verdictOf(result)).toBe('up: compared');
    expect(result.parts).toEqual([
      {
        id: 'file/run',
        kind: 'file',
        name: 'file/run',
        verdict: { state: 'up', note: 'in-sync' },
        facts: {},
      },
      {
        id: 'file/two',
        kind: 'file',
        name: 'file/two',
        verdict: { state: 'degraded', note: 'missing: not there' },
        facts: {},
      },
    ]);
  });

  it.each([
    ['is none of ours', { ...seen, text: '{"version":2}' }, 'is no record of what was applied'],
    ['may not be read', { ...seen, fault: faultOf('forbidden', 'state may not be read') }, 'state'],
  ])('are not compared with a record that %s', async (_what, record, words) => {
    const result = await look({
      kind: 'file',
      host: sshHost,
      spec: { files: [wanted], record: '/state/applied.json' },
      calls: [
        {
          verb: 'lookAtFiles',
          request: { host: null, paths: ['/repo/infra/run', '/state/applied.json'] },
          answer: [seen, record],
        },
        { verb: 'lookAtFiles', request: { host: 'nas', paths: ['~/run'] }, answer: [seen] },
      ],
    });
    expect(verdictOf(result)).toMatch(/^unknown: /);
    expect(result.fault?.message).toContain(words);
  });

  describe('that are the Caddyfile of a Caddy that runs', () => {
    const admin = 'http://localhost:2019';
    const asked = (path: string, method: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
      ...{ url: `${admin}${path}`, method, headers: {}, tls: {}, maxBytes: 4_194_304, ...more },
    });
    const headers = { 'content-type': 'text/caddyfile' };
    const adapting = asked('/adapt', 'POST', { headers, body: 'a\n' });
    const files = [
      { verb: 'lookAtFiles', request: { host: null, paths: ['/repo/infra/run'] }, answer: [seen] },
      { verb: 'lookAtFiles', request: { host: 'nas', paths: ['~/run'] }, answer: [seen] },
    ] as const;
    const spec = { files: [{ ...wanted, kind: 'caddyfile', admin }] };
    const found = async (answers: readonly Call[]): Promise<unknown> => {
      const { facts } = await look({
        kind: 'file',
        host: sshHost,
        spec,
        calls: [...files, ...answers],
      });
      return objectsOf(facts['files'])[0];
    };

    it('are compared with what it has loaded', async () => {
      const adapted = answered('{"result":{"apps":{"b":1,"a":2}}}');
      const calls = (running: string): readonly Call[] => [
        { verb: 'http', request: adapting, answer: adapted },
        { verb: 'http', request: asked('/config/', 'GET'), answer: answered(running) },
      ];
      const same = { verdict: 'in-sync', isLoaded: true, notTold: null, isRecorded: false };
      expect(await found(calls('{"apps":{"a":2,"b":1}}'))).toMatchObject(same);
      expect(await found(calls('{"apps":{}}'))).toMatchObject({ ...same, isLoaded: false });
    });

    it('say where it has not answered', async () => {
      const answer = new FaultError(faultOf('timeout', 'no answer from localhost:2019'));
      expect(await found([{ verb: 'http', request: adapting, answer }])).toMatchObject({
        ...{ verdict: 'in-sync', isLoaded: null, notTold: 'no answer from localhost:2019' },
      });
    });
  });

  it('of a host that does not answer are not known', async () => {
    const result = await look({
      kind: 'file',
      host: sshHost,
      spec: { files: [wanted] },
      calls: [
        {
          verb: 'lookAtFiles',
          request: { host: null, paths: ['/repo/infra/run'] },
          answer: [seen],
        },
        {
          verb: 'lookAtFiles',
          request: { host: 'nas', paths: ['~/run'] },
          answer: new FaultError(faultOf('timeout', 'nas does not answer')),
        },
      ],
    });
    expect(verdictOf(result)).toBe('unknown: nas does not answer');
    expect(result.parts).toEqual([]);
  });

  it('are one check of each host that has some, the folder of a destination filled in', () => {
    const inventory = inventoryOf(`version: 1
name: n
hosts: [{name: a}, {name: b, access: ssh}, {name: c}]
clusters: [{name: k, host: a}]
files:
  - {source: infra/x.plist, kind: launchd, host: a, destination: ~/Library/LaunchAgents/}
  - {source: infra/y, kind: file, host: b, destination: /etc/y, mode: "0600"}
  - {source: k8s/z.yaml, kind: k8s, cluster: k}
`);
    const { checks } = bind(inventory, { secrets: [], root: '/repo' });
    const files = checks.filter(({ kind }) => kind === 'file');
    expect(
      files.map(({ id, intervalMs, service, parents }) => ({ id, intervalMs, service, parents })),
    ).toEqual([
      { id: 'a/files', intervalMs: 60_000, service: null, parents: [] },
      {
        id: 'b/files',
        intervalMs: 60_000,
        service: null,
        parents: [{ check: 'b/host', through: true }],
      },
    ]);
  });
});
