import * as z from 'zod';
import { workloadSchema } from '../kinds/k8s/workload-name.ts';
import { systemdSpec } from '../kinds/systemd/spec.ts';
import {
  checkSchema,
  intervalSchema,
  nameSchema,
  thresholdSchema,
  timeoutSchema,
} from './check-schema.ts';

// Compiling a parser pays for many documents; here there is one a run.
z.config({ jitless: true });

const text = z.string().min(1);
const port = z.int().min(1).max(65_535);
const httpUrl = z.url({ protocol: /^https?$/, error: 'is not an http or https URL' });

const defaultsSchema = z.strictObject({
  interval: intervalSchema.default(10_000),
  timeout: timeoutSchema.default(5000),
  failureThreshold: thresholdSchema.default(3),
  successThreshold: thresholdSchema.default(2),
});

const sshSchema = z.strictObject({
  host: text.optional(),
  port: port.default(22),
  user: text.optional(),
  identityFile: text.optional(),
  knownHosts: z.array(text).default(['~/.ssh/known_hosts']),
  proxyJump: text.nullable().default(null),
  client: z.enum(['ssh2', 'openssh']).default('ssh2'),
});

const hostSchema = z.strictObject({
  name: nameSchema,
  description: z.string().default(''),
  access: z.enum(['local', 'ssh']).optional(),
  ssh: sshSchema.optional(),
  hostname: text.optional(),
  tailscale: text.optional(),
  disks: z.array(z.string().startsWith('/', 'is not a mount point such as /')).default(['/']),
});

const clusterSchema = z.strictObject({
  name: nameSchema,
  host: text,
  kubeconfig: text.default('~/.kube/config'),
  context: text.optional(),
  namespaces: z.array(text).default([]),
  uid: text.optional(),
  dependsOn: z.array(text).default([]),
});

const managerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('launchd'), label: text }),
  systemdSpec.extend({ kind: z.literal('systemd') }),
  z.strictObject({ kind: z.literal('k8s'), cluster: text, workload: workloadSchema }),
  z.strictObject({ kind: z.literal('none') }),
]);

const serviceSchema = z.strictObject({
  name: nameSchema,
  host: text,
  description: z.string().default(''),
  port: port.optional(),
  manager: managerSchema.default({ kind: 'none' }),
  checks: z.array(checkSchema).default([]),
  dependsOn: z.array(text).default([]),
  critical: z.boolean().default(false),
  enabled: z.boolean().default(true),
  reason: z.string().default(''),
});

const inngestSchema = z.strictObject({
  name: nameSchema,
  url: httpUrl,
  worker: httpUrl.optional(),
  app: text.optional(),
  expect: z.array(text).optional(),
  eventKey: z.string().optional(),
});

const fileSchema = z
  .strictObject({
    source: text,
    kind: z.enum(['launchd', 'caddyfile', 'systemd', 'k8s', 'env', 'file']),
    host: text.optional(),
    cluster: text.optional(),
    destination: text.regex(/^(?:\/|~\/)/, 'is not a path that begins with / or ~/').optional(),
    mode: z
      .string()
      .regex(/^0[0-7]{3}$/, 'is not a mode such as "0755"')
      .optional(),
    service: text.optional(),
    admin: httpUrl.optional(),
  })
  .superRefine(({ kind, host, cluster, destination }, { addIssue }) => {
    const lack = (key: string, message: string): void =>
      addIssue({ code: 'custom', path: [key], message });
    if (kind === 'k8s') {
      if (cluster === undefined) lack('cluster', 'is missing: an object goes to a cluster');
      return;
    }
    if (host === undefined) lack('host', 'is missing: a file goes to a host');
    if (destination === undefined) lack('destination', 'is missing: a path on its host');
  });

const channelSchema = z.strictObject({
  kind: z.enum(['ntfy', 'pushover', 'slack', 'webhook', 'exec']),
  url: httpUrl.optional(),
  token: z.string().optional(),
  user: z.string().optional(),
  argv: z.array(z.string()).optional(),
});

/** inventory.yaml, version 1, whole: also what later versions of joelclaw act on. */
export const inventorySchema = z.strictObject({
  version: z.literal(1),
  name: nameSchema,
  defaults: defaultsSchema.prefault({}),
  hosts: z.array(hostSchema).min(1, 'names no host'),
  clusters: z.array(clusterSchema).default([]),
  services: z.array(serviceSchema).default([]),
  inngest: z.array(inngestSchema).default([]),
  tailscale: z.strictObject({ enabled: z.boolean().default(true) }).optional(),
  files: z.array(fileSchema).default([]),
  alerts: z
    .strictObject({
      channels: z.array(channelSchema).default([]),
      heartbeat: httpUrl.optional(),
    })
    .optional(),
  vault: text.regex(/^(?:\/|~\/)/, 'is not a path that begins with / or ~/').optional(),
  history: z.strictObject({ keepDays: z.int().min(1).max(3650).default(90) }).optional(),
  plugins: z.array(text).default([]),
});

export type DeclaredInventory = z.output<typeof inventorySchema>;
