/** Every kind that can be measured, a line each: checks, validation, schema and docs come of it. */
export { audit } from './audit/index.ts';
export { cluster } from './cluster/index.ts';
export { command } from './command.ts';
export { file } from './file/index.ts';
export { host } from './host/index.ts';
export { http } from './http.ts';
export { inngest } from './inngest/index.ts';
export { k8s } from './k8s/index.ts';
export { launchd } from './launchd/index.ts';
export { manifests } from './manifests/index.ts';
export { mount } from './mount/index.ts';
export { redis } from './redis.ts';
export { systemd } from './systemd/index.ts';
export { tailscale } from './tailscale/index.ts';
export { tcp } from './tcp.ts';
export { tls } from './tls.ts';
