import type { ExecOutput, ExecRequest } from '../contract.ts';
import type { Deadline } from '../deadline.ts';
import type { SshPlace } from './place.ts';

/** A connection that is open; programs run over it side by side. */
export interface SshLine {
  /** Of the program as the other side's shell has run it. */
  run(request: ExecRequest, deadline: Deadline): Promise<ExecOutput>;
  isOpen(): boolean;
  close(): Promise<void>;
}

/** Opens one; it is given up when the deadline's signal aborts. Rejects with FaultErrors. */
export type OpenLine = (place: SshPlace, deadline: Deadline) => Promise<SshLine>;
