import type { Known } from '../known.ts';
import type { Tab } from '../ui-state.ts';
import type { Subject, View } from './contract.ts';
import { driftView } from './drift.ts';
import { functionsView } from './functions.ts';
import { nodesView } from './nodes.ts';
import { servicesView } from './services.ts';

/** One view for each tab. */
export const views: Readonly<Record<Tab, View>> = {
  nodes: nodesView,
  services: servicesView,
  functions: functionsView,
  drift: driftView,
};

const made = new WeakMap<Known, Map<Tab, readonly Subject[]>>();

/** Everything that a tab lists, made once for each commit however many keys are pressed. */
export function subjectsOf(tab: Tab, known: Known): readonly Subject[] {
  const byTab = made.get(known) ?? new Map<Tab, readonly Subject[]>();
  made.set(known, byTab);
  const subjects = byTab.get(tab) ?? views[tab].list(known);
  byTab.set(tab, subjects);
  return subjects;
}
