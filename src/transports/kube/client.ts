/** The part of the cluster's client that is used, behind one `import()`: it is large. */
export { KubeConfig } from '@kubernetes/client-node';
