import type { Fault } from './fault.ts';

/** Expected trouble of a measurement: the only thing a transport rejects with. */
export class FaultError extends Error {
  readonly fault: Fault;

  constructor(fault: Fault, options?: ErrorOptions) {
    super(fault.message, options);
    this.name = 'FaultError';
    this.fault = fault;
  }
}

/** sysexits(3): usage, our own bug, bad configuration. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 64 | 70 | 78 | 130;

interface UserErrorWords {
  /** UPPER_SNAKE, for agents; `USAGE` unless told. */
  readonly code?: string;
  /** What to do next. */
  readonly hint: string;
  /** 64 (usage) unless told. */
  readonly exitCode?: ExitCode;
  readonly faults?: readonly unknown[];
}

/** A user's mistake: told in one line with what to do next, never with a stack. */
export class UserError extends Error {
  readonly code: string;
  readonly hint: string;
  readonly exitCode: ExitCode;
  /** Places in a file, for the JSON envelope; the message holds them too. */
  readonly faults: readonly unknown[] | undefined;

  constructor(message: string, more: UserErrorWords) {
    super(message);
    this.name = 'UserError';
    this.code = more.code ?? 'USAGE';
    this.hint = more.hint;
    this.exitCode = more.exitCode ?? 64;
    this.faults = more.faults;
  }
}
