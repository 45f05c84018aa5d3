import type { Found, SshAlias } from '../../../src/commands/init/found.ts';

/** A machine that told nothing but its name. */
export const bare: Found = {
  hostname: 'panda.local',
  description: '',
  tailnetLabel: null,
  aliases: [],
  peers: [],
  units: [],
  cluster: null,
  ports: [],
  notLooked: [],
};

export const aliasOf = (alias: string, more: Partial<SshAlias> = {}): SshAlias => ({
  alias,
  also: [],
  hostname: null,
  user: null,
  port: null,
  file: '~/.ssh/config',
  ...more,
});
