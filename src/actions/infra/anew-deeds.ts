import { daemonReload } from '../../kinds/systemd/read-anew.ts';
import type { Service } from '../../model/inventory.ts';
import type { ExecStep } from '../../model/plan.ts';
import type { Wish } from '../plan-refusals.ts';

/** What has changed of a service's own files. */
export interface Anew {
  /** Its unit's file was written, or systemd has not read it. */
  readonly unitWritten: boolean;
  /** Its unit was not there before, or is not enabled. */
  readonly isNew: boolean;
}

/** What has its manager read its file, and then what is done to the service, in this order. */
export interface AnewDeeds {
  readonly reads: readonly ExecStep[];
  readonly wishes: readonly Wish[];
}

/** All that starts a service anew after its files were written; the last is its restart. */
export function anewDeeds({ manager }: Service, { unitWritten, isNew }: Anew): AnewDeeds {
  const isSystemd = manager.kind === 'systemd';
  const enable: Wish = { verb: 'enable', object: null };
  return {
    reads: isSystemd && unitWritten ? [daemonReload(manager.user)] : [],
    wishes: [
      ...(isSystemd && isNew ? [enable] : []),
      { verb: 'restart', object: null, isWritten: unitWritten },
    ],
  };
}
