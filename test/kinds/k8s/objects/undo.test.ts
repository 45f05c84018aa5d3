import { describe, expect, it } from 'vitest';
import { ownedPart } from '../../../../src/kinds/k8s/objects/owned-fields.ts';
import { undoOf } from '../../../../src/kinds/k8s/objects/undo.ts';
import type { JsonObject } from '../../../../src/model/json.ts';
import { recordedKube } from '../../../support/kube-objects.ts';

const identity = { apiVersion: 'apps/v1', kind: 'StatefulSet' };
const named = { name: 'redis', namespace: 'home' };
const template = (containers: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  template: { spec: { containers, ...more } },
});

describe('what undoes an apply', () => {
  it('has the values of before for what the manifest says, and leaves out what it brought', () => {
    const before = {
      ...identity,
      metadata: { ...named, uid: 'u1', labels: { tier: 'data', other: 'kept' }, generation: 3 },
      spec: {
        replicas: 2,
        ...template(
          [
            { name: 'sidecar', image: 'injected:1' },
            { name: 'redis', image: 'redis:7', terminationMessagePath: '/dev/termination-log' },
          ],
          { volumes: [{ name: 'scratch', emptyDir: {} }] },
        ),
      },
      status: { replicas: 2 },
    };
    const applied = {
      ...identity,
      metadata: { ...named, labels: { tier: 'cache', fresh: 'yes' } },
      spec: {
        replicas: 1,
        minReadySeconds: 5,
        ...template(
          [
            { name: 'redis', image: 'redis:8', args: ['--new'] },
            { name: 'exporter', image: 'exporter:1' },
          ],
          { volumes: [{ name: 'scratch', emptyDir: {} }] },
        ),
      },
    };
    expect(undoOf(before, applied)).toEqual({
      ...identity,
      metadata: { ...named, labels: { tier: 'data' } },
      spec: {
        replicas: 2,
        ...template([{ name: 'redis', image: 'redis:7' }], {
          volumes: [{ name: 'scratch', emptyDir: {} }],
        }),
      },
    });
  });

  it('has also what we had applied by then and the manifest says no more', () => {
    const before = {
      ...identity,
      metadata: {
        ...named,
        managedFields: [
          {
            ...{ manager: 'joelclaw', operation: 'Apply' },
            fieldsV1: {
              'f:spec': {
                'f:minReadySeconds': {},
                'f:template': {
                  'f:spec': { 'f:containers': { 'k:{"name":"redis"}': { '.': {}, 'f:args': {} } } },
                },
              },
            },
          },
          {
            manager: 'kubectl-edit',
            operation: 'Update',
            fieldsV1: { 'f:spec': { 'f:paused': {} } },
          },
        ],
      },
      spec: {
        ...{ minReadySeconds: 5, paused: true },
        ...template([{ name: 'redis', image: 'redis:7', args: ['--old'] }]),
      },
    };
    const applied = {
      ...identity,
      metadata: named,
      spec: template([{ name: 'redis', image: 'redis:8' }]),
    };
    expect(undoOf(before, applied)).toEqual({
      ...identity,
      metadata: named,
      spec: {
        minReadySeconds: 5,
        ...template([{ name: 'redis', args: ['--old'], image: 'redis:7' }]),
      },
    });
  });

  it('takes a list whose items have no name of their own as a whole', () => {
    const ports = (port: number) => [{ containerPort: port, protocol: 'TCP' }];
    const container = (port: number) => ({ name: 'redis', ports: ports(port) });
    const before = { ...identity, metadata: named, spec: template([container(6379)]) };
    const applied = { ...identity, metadata: named, spec: template([container(7000)]) };
    expect(undoOf(before, applied)).toEqual(before);
  });
});

describe('what a manager owns of an object', () => {
  it('is read from what a real server says of it', () => {
    const live = JSON.parse(recordedKube('statefulset-redis-live.json'));
    const [entry] = live.metadata.managedFields;
    const own = ownedPart(live, entry.fieldsV1) as { spec: { template: { spec: JsonObject } } };
    const [container] = own.spec.template.spec['containers'] as readonly JsonObject[];
    const [real] = live.spec.template.spec.containers;
    expect(container).toMatchObject({ name: 'redis', image: real.image });
    expect(own).not.toHaveProperty('status');
  });

  it.each<[JsonObject, JsonObject, JsonObject]>([
    [{ a: ['x', 'y'] }, { 'f:a': { 'v:"y"': {} } }, { a: ['y'] }],
    [{ a: { b: 1, c: 2 } }, { 'f:a': { '.': {} } }, { a: {} }],
    [{ a: { b: 1, c: 2 } }, { 'f:a': {} }, { a: { b: 1, c: 2 } }],
    [{ a: 1 }, { 'f:b': {} }, {}],
    [
      { p: [{ port: 1, name: 'x' }, { port: 2 }] },
      { 'f:p': { 'k:{"port":1}': { 'f:name': {} } } },
      { p: [{ port: 1, name: 'x' }] },
    ],
  ])('%j by %j', (value, fields, part) => {
    expect(ownedPart(value, fields)).toEqual(part);
  });
});
