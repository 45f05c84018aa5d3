/** The library: an inventory goes in, true states come out. */
export { faultLine, type InventoryFault } from './inventory/fault.ts';
export { type ParsedInventory, parseInventory } from './inventory/parse-inventory.ts';
export { bind } from './kinds/bind.ts';
export type { BoundCheck, Kind } from './kinds/contract.ts';
export { createLab, labScenarios } from './lab/index.ts';
export { explain } from './model/explain.ts';
export {
  emptyNetworkState,
  type Health,
  type NetworkState,
  type Transition,
} from './model/health.ts';
export type { Inventory } from './model/inventory.ts';
export type { Report } from './model/report.ts';
export { reportJson } from './outputs/report-json.ts';
export { statusPage } from './outputs/status-page.ts';
export type { Transports } from './transports/contract.ts';
export { createLiveTransports } from './transports/live.ts';
export { check } from './watch/sample.ts';
