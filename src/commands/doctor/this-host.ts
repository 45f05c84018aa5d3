import type { Host } from '../../model/inventory.ts';

/** The machine that asks, for what is asked of it whether or not the inventory names it. */
export const thisHost: Host = {
  name: 'this machine',
  description: '',
  access: 'local',
  ssh: null,
  hostname: null,
  tailscale: null,
  disks: [],
};
