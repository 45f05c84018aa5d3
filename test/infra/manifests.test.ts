import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';

// biome-ignore lint/suspicious/noExplicitAny: manifests are taken apart as the tests need them
type Manifest = any;
const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const manifests = (name: string): readonly Manifest[] =>
  [...parseAllDocuments(read(`k8s/${name}.yaml`))].map((one) => one.toJS());
/** Recorded of a real server: what runs, as `kubectl apply` made it. */
const recorded = (name: string): readonly Manifest[] =>
  JSON.parse(read(`test/fixtures/kubernetes/${name}.json`)).items;

describe('the manifests', () => {
  it('let the pods of both namespaces run as they are', () => {
    for (const one of [manifests('namespace'), manifests('local-path-provisioner')].flat()) {
      if (one.kind !== 'Namespace') continue;
      expect(one.metadata.labels).toEqual({ 'pod-security.kubernetes.io/enforce': 'privileged' });
    }
  });

  it.each(['redis', 'qdrant', 'inngest'])('change nothing of %s that cannot be changed', (name) => {
    const set = manifests(name).find(({ kind }) => kind === 'StatefulSet');
    const live = recorded('statefulsets').find(({ metadata }) => metadata.name === name);
    expect(set.spec.serviceName).toBe(live.spec.serviceName);
    expect(set.spec.selector).toEqual(live.spec.selector);
    const claim = ({ metadata, spec }: Manifest) => ({
      name: metadata.name,
      access: spec.accessModes,
      size: spec.resources.requests.storage,
      of: spec.storageClassName,
    });
    expect(set.spec.volumeClaimTemplates.map(claim)).toEqual(
      live.spec.volumeClaimTemplates.map(claim),
    );
    const [container] = set.spec.template.spec.containers;
    const [running] = live.spec.template.spec.containers;
    for (const key of ['command', 'args', 'volumeMounts'])
      expect(container[key]).toEqual(running[key]);
    for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe'])
      expect(container[probe]).toBeDefined();
    expect(running.livenessProbe).toMatchObject(container.livenessProbe);
    expect(running.readinessProbe).toMatchObject(container.readinessProbe);
  });

  it.each(['redis', 'qdrant', 'inngest'])('claim for %s the disk that it has', (name) => {
    const set = manifests(name).find(({ kind }) => kind === 'StatefulSet');
    const [claim] = set.spec.volumeClaimTemplates;
    const held = `${claim.metadata.name}-${set.metadata.name}-0`;
    const live = recorded('persistentvolumeclaims').find(({ metadata }) => metadata.name === held);
    expect(live.metadata.namespace).toBe(set.metadata.namespace);
    expect(live.spec).toMatchObject(claim.spec);
  });

  it.each(['redis', 'qdrant', 'inngest-svc'])(
    'give the Service %s the ports that it has',
    (name) => {
      const all = ['redis', 'qdrant', 'inngest'].flatMap(manifests);
      const service = all.find(
        ({ kind, metadata }) => kind === 'Service' && metadata.name === name,
      );
      const live = recorded('services').find(({ metadata }) => metadata.name === name);
      expect(service.spec.type).toBe('NodePort');
      expect(service.spec.selector).toEqual(live.spec.selector);
      for (const port of service.spec.ports) expect(port.nodePort).toBe(port.targetPort);
      expect(live.spec.ports).toMatchObject(service.spec.ports);
    },
  );
});
