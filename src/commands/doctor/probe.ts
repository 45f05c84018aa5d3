import { FaultError } from '../../model/errors.ts';
import { usualHint } from '../../model/usual-hint.ts';
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
  /** Nobody else is asked: what was not read in time says nothing. */
  readonly isHere?: boolean;
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
    const { code, message: note, hint: fix = usualHint[code] } = error.fault;
    if (code === 'aborted' || (code === 'timeout' && subject.isHere))
      return itemOf(subject, notInTime);
    return itemOf(subject, { state: subject.trouble ?? 'missing', note, fix });
  }
}

const notInTime: Finding = {
  state: 'warning',
  note: 'not looked at: the time was up first',
  fix: 'give it longer with --timeout',
};
