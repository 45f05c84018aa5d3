import { describe, expect, it } from 'vitest';
import { bind } from '../../../src/kinds/bind.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import { inventoryOf } from '../../inventory/read.ts';
import { look, sshHost, verdictOf } from '../look.ts';

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
