import * as z from 'zod';

const workloadKinds = ['statefulset', 'deployment', 'daemonset'] as const;

/** What has pods of its own accord and keeps them. */
export type WorkloadKind = (typeof workloadKinds)[number];

/** `namespace` is null where the workload is to be looked for. */
export interface WorkloadName {
  readonly namespace: string | null;
  readonly kind: WorkloadKind;
  readonly name: string;
}

/** `statefulset/redis` or `joelclaw/statefulset/redis`; the names are DNS labels (RFC 1123). */
const pattern =
  /^(?:([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)\/)?(statefulset|deployment|daemonset)\/([a-z0-9](?:[-.a-z0-9]*[a-z0-9])?)$/;

/** Null when it is none. */
export function parseWorkload(text: string): WorkloadName | null {
  const [, namespace = null, kind, name] = pattern.exec(text) ?? [];
  const known = workloadKinds.find((one) => one === kind);
  return known === undefined || name === undefined ? null : { namespace, kind: known, name };
}

/** The field `workload` of a manager and of a check. */
export const workloadSchema = z
  .string()
  .refine(
    (text) => parseWorkload(text) !== null,
    'is not statefulset/NAME, deployment/NAME or daemonset/NAME, after NAMESPACE/ where it must be told',
  );
