import type { WatchedStore } from '../../watch/store.ts';
import { type CockpitAudit, createCockpitAudit } from '../acting/cockpit-audit.ts';
import type { Context } from '../context.ts';
import type { OpenNetwork } from '../open-network.ts';
import { readAudited } from './audited.ts';
import { auditDeeds } from './deeds.ts';

interface Place {
  readonly context: Context;
  readonly store: WatchedStore;
  open(): OpenNetwork;
}

/** The audits of a cockpit; when each host was audited last stands in its store, from now on. */
export async function auditsInCockpit({ context, store, open }: Place): Promise<CockpitAudit> {
  const onKept = async (): Promise<void> =>
    store.setState({ audited: await readAudited(open().stateFolder) });
  await onKept();
  return createCockpitAudit({ context, deeds: auditDeeds(context), open, onKept });
}
