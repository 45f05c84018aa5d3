import { checkOfKey } from '../model/part-key.ts';
import type { Known } from './known.ts';
import type { Listed } from './listed.ts';
import type { Tab } from './ui-state.ts';

/** The host that what is selected is on, or why there is none. */
export type HostOf = { readonly host: string } | { readonly why: string };

/** Of a node of a cluster the host on which the cluster runs. */
export function hostOf({ network }: Known, { subjects, cursor }: Listed, tab: Tab): HostOf {
  const subject = subjects[cursor];
  if (!subject) return { why: 'nothing is selected whose host could be audited' };
  const { hosts } = network.inventory;
  const own = hosts.find(({ name }) => name === subject.host);
  const check = network.checks.find(({ id }) => id === checkOfKey(subject.id));
  const below = hosts.find(({ name }) => name === check?.host);
  if (tab === 'functions') return { why: 'a function is on no host: 1 shows hosts, 2 its worker' };
  const isNode = tab === 'nodes' && subject.kind !== 'host';
  const found = isNode ? below : own;
  return found ? { host: found.name } : { why: `${subject.id} is on no host of the inventory` };
}
