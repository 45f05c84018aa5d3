import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { clientTypesJson } from '../../../build/client-types.ts';
import { lintManifests } from '../../../src/kinds/k8s/lint/lint-manifests.ts';
import { faultLines } from '../../support/fault-lines.ts';

const lint = (...texts: readonly string[]): readonly string[] => {
  const named = texts.map((text, index) => ({ file: `${index}.yaml`, text }));
  return faultLines([...lintManifests(named).faults.values()].flat());
};

const workload = (more = '', container = ''): string => `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web, namespace: home }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      ${more}
      containers:
        - name: web
          image: example/web:1.2.3
          ${container}
`;
const service = (name: string, ports = '- port: 80'): string => `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: home }
spec:
  type: NodePort
  ports:
    ${ports}
`;

describe('a manifest against the types of the Kubernetes client', () => {
  it('is well when it is', () => {
    expect(lint(workload(), service('web'))).toEqual([]);
  });

  it('is read with more than one document, with CR LF, and with a byte order mark', () => {
    const both = `${workload()}---\n${service('web')}---\n`;
    expect(lint(both)).toEqual([]);
    expect(lint(both.replaceAll('\n', '\r\n'))).toEqual([]);
    expect(lint(`\uFEFF${both}`)).toEqual([]);
  });

  it('reaches pods by all labels of its selector, of its own namespace alone', () => {
    const to = (selector: string): string =>
      service('web').replace('type: NodePort', `selector: ${selector}`);
    expect(lint(workload(), to('{ app: web }'))).toEqual([]);
    const strange = '(warning) 5:3 spec.selector: no pod here has these labels';
    expect(lint(workload(), to('{ app: wbe }'))).toEqual([strange]);
    expect(lint(workload(), to('{ app: web, tier: one }'))).toEqual([strange]);
    const elsewhere = workload().replace('namespace: home', 'namespace: away');
    expect(lint(elsewhere, to('{ app: web }'))).toEqual([strange]);
  });

  test.each([
    [
      'a port that is none',
      service('web', '- { port: 80, nodePort: 70000 }'),
      '7:29 spec.ports[0].nodePort: is no port',
    ],
    [
      'an unknown field',
      workload('hostNetwrk: true'),
      '9:7 spec.template.spec.hostNetwrk: is no field of it',
    ],
    [
      'a required one that is missing',
      service('web', '- targetPort: 80'),
      '7:7 spec.ports[0]: lacks port',
    ],
    [
      'a text for a number',
      service('web', '- port: "80"'),
      '7:13 spec.ports[0].port: is not a whole number',
    ],
    ['a map for a list', service('web', 'port: 80'), '7:5 spec.ports: is not a list'],
    [
      'a yes that is no text, as YAML 1.1 has it',
      workload('', 'env: [{ name: A, value: yes }]'),
      '13:35 spec.template.spec.containers[0].env[0].value: is not a text',
    ],
    [
      'a quantity that is none',
      workload('', 'resources: { limits: { memory: 1 GB, cpu: 2 } }'),
      '13:42 spec.template.spec.containers[0].resources.limits.memory: is not a quantity such as 500m or 1Gi',
    ],
    ['no apiVersion', 'kind: Service\n', '1:1 apiVersion: lacks apiVersion'],
    ['no kind', 'apiVersion: v1\n', '1:1 kind: lacks kind'],
    [
      'no name',
      'apiVersion: v1\nkind: Service\nmetadata: {}\n',
      '3:11 metadata: lacks metadata.name',
    ],
    ['a name that DNS refuses', service('1_web'), '3:19 metadata.name: is no name for it'],
    [
      'a kind that is misspelt',
      service('web').replace('Service', 'Servise'),
      '2:7 kind: is no kind of v1',
    ],
    [
      'another version than its own',
      workload().replace('apps/v1', 'v1'),
      '1:13 apiVersion: knows no StatefulSet',
    ],
    [
      'an object of others, whose fields nobody knows here',
      'apiVersion: cert-manager.io/v1\nkind: Issuer\nmetadata: { name: a, namespace: b }\n',
      '(warning) 2:7 kind: its fields were not checked: the Kubernetes client knows no Issuer of cert-manager.io/v1',
    ],
    [
      'no namespace',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n',
      '3:11 metadata: tells no namespace for a ConfigMap',
    ],
    [
      'a namespace that YAML 1.1 takes for a boolean, once',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: y }\n',
      '3:33 metadata.namespace: is not a text',
    ],
    [
      'a namespace of what is in none',
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: a, namespace: b }\n',
      '3:33 metadata.namespace: a Namespace is in no namespace',
    ],
    [
      'a secret in the repo',
      'apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: b }\ndata: { k: aGVsbG8= }\n',
      '4:1 data: a Secret with its values does not belong here',
    ],
    [
      'an item of a list',
      'apiVersion: v1\nkind: List\nitems:\n  - { apiVersion: v1, kind: ConfigMap, metadata: { name: a, namespace: b }, dta: {} }\n',
      '4:77 items[0].dta: is no field of it',
    ],
  ])('tells of %s', (_what, text, expected) => {
    expect(lint(text)).toEqual([expected]);
  });

  test.each([
    ['no YAML', 'a: [1\n'],
    ['nothing', ''],
    ['remarks alone', '# nothing\n---\n'],
    ['a list', '- 1\n'],
    ['bytes', '\0\x01\x02'],
    ['an alias of itself', 'a: &x\n  b: *x\n'],
    [
      'an alias that unfolds without end',
      `a: &a [x,x,x]\n${'bcdefghij'
        .split('')
        .map((k, i) => `${k}: &${k} [${`*${'abcdefghi'[i]},`.repeat(9)}]`)
        .join('\n')}\n`,
    ],
  ])('refuses %s in a fault', (_what, text) => {
    const faults = lint(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^\d+:\d+ /);
  });

  it('knows the fields that the installed client has: `npm run docs` writes them anew', () => {
    const file = new URL('../../../src/kinds/k8s/lint/client-types.json', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(clientTypesJson());
  });
});

describe('the pods of a manifest', () => {
  test.each([
    [
      'example/web',
      '12:18 spec.template.spec.containers[0].image: has no tag: each pull may bring another one',
    ],
    [
      'host:5000/web',
      '12:18 spec.template.spec.containers[0].image: has no tag: each pull may bring another one',
    ],
    ['web:latest', '12:18 spec.template.spec.containers[0].image: "latest" is whatever is newest'],
    [
      'redis:7-alpine',
      '(warning) 12:18 spec.template.spec.containers[0].image: "7-alpine" is no one release: it moves with each',
    ],
  ])('are not pinned by %s', (image, expected) => {
    expect(lint(workload().replace('example/web:1.2.3', image))).toEqual([expected]);
  });

  test.each([
    'web:1.2',
    'host:5000/a/web:v1.2.3-rc.1',
    'web:2025-10-01',
    `web@sha256:${'a'.repeat(64)}`,
    'minio:RELEASE.2025-09-07T16-13-09Z',
  ])('are pinned by %s', (image) => {
    expect(lint(workload().replace('example/web:1.2.3', image))).toEqual([]);
  });

  test.each([
    [
      'a selector that they do not match',
      workload().replace('labels: { app: web }', 'labels: { app: wbe }'),
      '5:30 spec.selector.matchLabels.app: its own pods do not have this label',
    ],
    [
      'a mount of no volume',
      workload('', 'volumeMounts: [{ name: data, mountPath: /data }]'),
      '13:34 spec.template.spec.containers[0].volumeMounts[0].name: no volume has this name',
    ],
    [
      'a probe of no port',
      workload('', 'livenessProbe: { httpGet: { port: http } }'),
      '13:45 spec.template.spec.containers[0].livenessProbe.httpGet.port: no port of the container has this name',
    ],
    [
      'two containers of one name',
      workload('', '\n        - name: web\n          image: a/b:1.2.3'),
      '14:17 spec.template.spec.containers[1].name: two containers have this name',
    ],
  ])('tell of %s', (_what, text, expected) => {
    expect(lint(text)).toEqual([expected]);
  });
});

describe('the manifests of a cluster together', () => {
  const inngest = (more = ''): string =>
    workload(more).replaceAll('web', 'inngest').replace('example/inngest', 'inngest/inngest');

  it('refuse a Service whose variables its own program would read', () => {
    const message =
      '3:19 metadata.name: puts INNGEST_PORT into statefulset/inngest, which reads it as a setting of its own';
    expect(lint(service('inngest'), inngest())).toEqual([message]);
    expect(lint(service('inngest-svc'), inngest())).toEqual([]);
    expect(lint(service('inngest'), inngest('enableServiceLinks: false'))).toEqual([]);
    const elsewhere = service('inngest').replace('namespace: home', 'namespace: away');
    expect(lint(elsewhere, inngest())).toEqual([]);
  });

  it('refuse a Service whose variables a container sets itself', () => {
    const own = workload('', 'env: [{ name: CACHE_PORT, value: "1" }]');
    expect(lint(service('cache'), own)).toEqual([
      '3:19 metadata.name: puts CACHE_PORT into statefulset/web, which reads it as a setting of its own',
    ]);
    const other = workload('', 'env: [{ name: CACHE_URL, value: "1" }]');
    expect(lint(service('cache'), other)).toEqual([]);
  });

  it('tell of one object twice, and where the first one is', () => {
    expect(lint(service('web'), service('web'))).toEqual([
      '3:19 metadata.name: this Service is there already: 0.yaml:3',
    ]);
  });

  it('tell of a StatefulSet whose Service is not there', () => {
    const text = workload().replace('spec:\n  selector', 'spec:\n  serviceName: wbe\n  selector');
    expect(lint(text, service('web'))).toEqual([
      '(warning) 5:16 spec.serviceName: no Service here has this name',
    ]);
  });

  it('tell the ports of the node that they take', () => {
    const text = service(
      'web',
      '- { port: 80, nodePort: 8080 }\n    - { port: 53, protocol: UDP, nodePort: 53 }',
    );
    const { ports } = lintManifests([{ file: 'a.yaml', text }]);
    expect(ports.map(({ port, protocol, by, place }) => [port, protocol, by, place.line])).toEqual([
      [8080, 'TCP', 'service/web', 7],
      [53, 'UDP', 'service/web', 8],
    ]);
  });
});
