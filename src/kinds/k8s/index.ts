import * as z from 'zod';
import { defineKind } from '../contract.ts';
import { deeds } from './deeds.ts';
import { judge } from './judge.ts';
import { logs } from './logs.ts';
import { observe } from './observe.ts';
import { workloadSchema } from './workload-name.ts';

const spec = z.strictObject({ cluster: z.string().min(1), workload: workloadSchema });

/** A workload of a Kubernetes cluster: its pods are ready, as many as it is to have. */
export const k8s = defineKind({
  kind: 'k8s',
  summary: 'A Kubernetes workload has its pods ready, and they stay up.',
  spec,
  observe: ({ workload }, context) => observe(workload, context),
  judge,
  deeds,
  logs,
});
