import { FaultError } from '../../../model/errors.ts';
import { faultOf } from '../../../model/fault.ts';
import type { Cluster } from '../../../model/inventory.ts';
import type { CallOptions, Transports } from '../../../transports/contract.ts';
import { textAt } from '../fields.ts';
import { assertPinned } from '../pinned-uid.ts';

/** A cluster that is asked about objects, and how. */
export interface ClusterGround {
  readonly cluster: Cluster;
  readonly transports: Transports;
  readonly options: CallOptions;
}

/** What another cluster than the pinned one would make of it says nothing: a FaultError. */
export async function assertCluster({
  cluster,
  transports,
  options,
}: ClusterGround): Promise<void> {
  if (cluster.uid === null) return;
  const asked = { cluster, path: '/api/v1/namespaces/kube-system', wouldBe: null } as const;
  const system = await transports.kubeObject(
    { ...asked, resource: 'namespaces', namespace: null },
    options,
  );
  assertPinned(cluster, textAt(system, 'metadata', 'uid'));
}

/** Before anything is written: that it is the pinned cluster, and that there is a pin. */
export async function assertMayWrite(ground: ClusterGround): Promise<void> {
  const { name, uid } = ground.cluster;
  if (uid === null) {
    const hint = `give ${name} its uid in clusters[]`;
    const message = 'nothing is written to a cluster that is not pinned';
    throw new FaultError(faultOf('protocol', message, { side: 'prober', hint }));
  }
  await assertCluster(ground);
}
