import { FaultError } from '../../model/errors.ts';
import type { FaultCode } from '../../model/fault.ts';
import type { DoctorItem, DoctorState } from '../../outputs/doctor-page.ts';
import type { CallOptions, Transports } from '../../transports/contract.ts';
import { withDeadline } from '../../transports/deadline.ts';
import type { Context } from '../context.ts';

/** What every probe has to work with. */
export interface Ground {
  readonly context: Context;
  readonly transports: Transports;
  readonly options: CallOptions;
}

/** What was found of one item. */
export interface Finding {
  readonly state: DoctorState;
  readonly note: string;
  readonly fix?: string;
}

/** Which item it is. */
export interface Subject {
  readonly id: string;
  readonly title: string;
  /** What trouble with looking makes of it; `missing` unless told. */
  readonly trouble?: DoctorState;
}

/** An item of what is already known. */
export function itemOf({ id, title }: Subject, { state, note, fix = '' }: Finding): DoctorItem {
  return { id, title, state, note, fix };
}

/** Looks, within the deadline of the ground; a fault becomes an item with what to do about it. */
export async function probe(
  subject: Subject,
  { options }: Pick<Ground, 'options'>,
  look: () => Promise<Finding>,
): Promise<DoctorItem> {
  try {
    return itemOf(subject, await withDeadline(options, look));
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { code, message: note, hint: fix = usualFix[code] } = error.fault;
    if (code === 'aborted') return itemOf(subject, notInTime);
    return itemOf(subject, { state: subject.trouble ?? 'missing', note, fix });
  }
}

const notInTime: Finding = {
  state: 'warning',
  note: 'not looked at: the time was up first',
  fix: 'give it longer with --timeout',
};

/** What to do about a fault that does not say so itself. */
const usualFix: Readonly<Record<FaultCode, string>> = {
  timeout: 'is it switched on, and reachable from here?',
  refused: 'start it, or mend its address in the inventory',
  unreachable: 'is it switched on, and in a network that is reached from here?',
  dns: 'mend the name in the inventory, or look at this machine’s resolver',
  tls: 'look at the certificate and at this machine’s clock',
  auth: 'look at the credentials that are used for it',
  'host-key': 'compare the key with the one on that machine before it is trusted',
  protocol: 'is this the right address? something else answers there',
  'not-found': 'mend the name in the inventory',
  'tool-missing': 'install it, or take what needs it out of the inventory',
  forbidden: 'give this user the right to read it',
  aborted: 'give it longer with --timeout',
  stale: 'ask again',
};
