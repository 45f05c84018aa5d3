/**
 * The part of the cluster's client that is used, behind one `import()`. The package's index would
 * bring its streams, archives and web sockets with it, which are half of its size.
 */
export { KubeConfig } from '@kubernetes/client-node/dist/config.js';
