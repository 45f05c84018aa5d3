import type { Command } from './context.ts';
import type { EndCode } from './exits.ts';

/** A command of the command line. */
export interface Verb {
  readonly name: string;
  /** What follows the name. */
  readonly usage: string;
  readonly summary: string;
  /** How many words may follow the name. */
  readonly words: number;
  /** Whether it asks a network, so that `--lab` can stand in for the real one. */
  readonly onNetwork: boolean;
  readonly example: string;
  /** The exit codes of its own; every command may end with `exitsOfAll` too. */
  readonly exits: readonly EndCode[];
  /** What of them says something else of this command. */
  readonly exitWords?: Partial<Record<EndCode, string>>;
  readonly load: () => Promise<Command>;
}
