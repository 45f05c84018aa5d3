/** What others stand on comes before them (kubectl and Helm order kinds alike). */
const order = [
  ['CustomResourceDefinition', 'Namespace', 'PriorityClass', 'StorageClass'],
  [
    'ServiceAccount',
    'ClusterRole',
    'ClusterRoleBinding',
    'Role',
    'RoleBinding',
    'ResourceQuota',
    'LimitRange',
  ],
  ['ConfigMap', 'Secret'],
  ['PersistentVolume', 'PersistentVolumeClaim'],
  ['Service', 'NetworkPolicy', 'PodDisruptionBudget'],
];

/** 0 is for what others cannot be without; workloads, and what is not known, come last. */
export function applyRank(kind: string): number {
  const rank = order.findIndex((kinds) => kinds.includes(kind));
  return rank < 0 ? order.length : rank;
}
