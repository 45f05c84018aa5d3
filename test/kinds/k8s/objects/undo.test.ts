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

/** An object with the owners of its fields. */
function owned(object: JsonObject, owners: Readonly<Record<string, JsonObject>>): JsonObject {
  const managedFields = Object.entries(owners).map(([manager, fields]) => ({
    ...{ manager, operation: manager === 'joelclaw' ? 'Apply' : 'Update' },
    fieldsV1: fields,
  }));
  return { ...object, metadata: { ...(object['metadata'] as JsonObject), managedFields } };
}

const inPod = (fields: JsonObject): JsonObject => ({
  'f:spec': { 'f:template': { 'f:spec': fields } },
});
const inRedis = (fields: JsonObject): JsonObject =>
  inPod({ 'f:containers': { 'k:{"name":"redis"}': { '.': {}, 'f:name': {}, ...fields } } });

describe('what undoes an apply', () => {
  it('has the values of before for what became ours, and leaves out what the apply brought', () => {
    const sidecar = { name: 'sidecar', image: 'injected:1' };
    const before = {
      ...identity,
      metadata: { ...named, uid: 'u1', labels: { other: 'kept' }, generation: 3 },
      spec: template([sidecar, { name: 'redis', image: 'redis:7', tty: true }]),
      status: { replicas: 2 },
    };
    const became = owned(
      {
        ...identity,
        metadata: named,
        spec: template([sidecar, { name: 'redis', image: 'redis:8', args: ['--new'], tty: true }]),
      },
      { joelclaw: inRedis({ 'f:image': {}, 'f:args': {} }) },
    );
    expect(undoOf(before, became)).toEqual({
      all: {
        ...identity,
        metadata: named,
        spec: template([{ name: 'redis', image: 'redis:7' }]),
      },
      handOver: null,
    });
  });

  it('has also what was ours by then and the manifest says no more', () => {
    const before = owned(
      {
        ...identity,
        metadata: named,
        spec: template([{ name: 'redis', image: 'redis:7', args: ['--old'] }]),
      },
      { joelclaw: inRedis({ 'f:args': {} }), 'kubectl-edit': { 'f:spec': { 'f:paused': {} } } },
    );
    const became = owned(
      { ...identity, metadata: named, spec: template([{ name: 'redis', image: 'redis:8' }]) },
      { joelclaw: inRedis({ 'f:image': {} }) },
    );
    expect(undoOf(before, became)).toEqual({
      all: {
        ...identity,
        metadata: named,
        spec: template([{ name: 'redis', image: 'redis:7', args: ['--old'] }]),
      },
      handOver: null,
    });
  });

  it('gives back to hands what was theirs, so that it is not ours from then on', () => {
    const before = owned(
      {
        ...identity,
        metadata: named,
        spec: template([{ name: 'redis', image: 'redis:6', tty: true }]),
      },
      { joelclaw: inRedis({ 'f:tty': {} }), 'kubectl-edit': inRedis({ 'f:image': {} }) },
    );
    const became = owned(
      {
        ...identity,
        metadata: named,
        spec: template([{ name: 'redis', image: 'redis:7', tty: true }]),
      },
      { joelclaw: inRedis({ 'f:image': {}, 'f:tty': {} }) },
    );
    const said = (container: JsonObject) => ({
      ...identity,
      metadata: named,
      spec: template([container]),
    });
    expect(undoOf(before, became)).toEqual({
      all: said({ name: 'redis', image: 'redis:6', tty: true }),
      handOver: {
        theirs: said({ name: 'redis', image: 'redis:6' }),
        ours: said({ name: 'redis', tty: true }),
      },
    });
  });

  it('takes a list that the server takes as one value as a whole, also one of named items', () => {
    const binding = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: named,
    };
    const subject = (name: string) => ({ kind: 'User', name });
    const before = { ...binding, subjects: [subject('a'), subject('b')] };
    const became = owned(
      { ...binding, subjects: [subject('a'), subject('c')] },
      { joelclaw: { 'f:subjects': {} } },
    );
    expect(undoOf(before, became).all).toEqual(before);
  });

  it('knows items of a list by the keys that the server knows them by', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: named };
    const port = (nodePort: number) => ({ port: 6379, protocol: 'TCP', nodePort });
    const dns = { port: 53, protocol: 'UDP' };
    const fields = {
      'f:ports': {
        'k:{"port":6379,"protocol":"TCP"}': { '.': {}, 'f:nodePort': {}, 'f:port': {} },
      },
    };
    const before = { ...service, spec: { ports: [dns, port(30001)] } };
    const became = owned(
      { ...service, spec: { ports: [dns, port(30002)] } },
      { joelclaw: { 'f:spec': fields } },
    );
    expect(undoOf(before, became).all).toEqual({ ...service, spec: { ports: [port(30001)] } });
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
