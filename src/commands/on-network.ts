/**
 * Every verb that reads an inventory, as one piece of the bundle: as pieces of their own they would
 * share their parts as two dozen chunks, and each chunk costs a start another look at the disk.
 */
export { config } from './config/index.ts';
export { functions } from './functions.ts';
export { linear } from './linear.ts';
export { schema } from './schema.ts';
export { status } from './status.ts';
export { drift, nodes, services } from './tabs.ts';
export { trust } from './trust.ts';
export { watchNetwork } from './watch.ts';
