import type { Instance } from 'ink';

/** How it ends: the first reason counts, and nothing is said before the terminal is back. */
export interface Ending {
  end(code: number, error?: unknown): void;
  /** By an error of ours. */
  broken(error: unknown): void;
  exitCode(): number;
  error(): unknown;
  tell(): void;
  /** Ends at once when the end was asked for before it was mounted. */
  mounted(instance: Instance): void;
}

/** Nothing has ended it yet; `say` is told once the terminal is back. */
export function createEnding(say: (words: string) => void): Ending {
  let reason: { readonly code: number; readonly error: unknown } | undefined;
  let instance: Instance | undefined;
  const end: Ending['end'] = (code, error) => {
    reason ??= { code, error };
    instance?.unmount();
  };
  return {
    end,
    broken: (error) => end(70, error),
    exitCode: () => reason?.code ?? 0,
    error: () => reason?.error,
    tell: () => {
      const { error } = reason ?? {};
      if (error === undefined) return;
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
      say(`joelclaw: the cockpit broke, and that is our bug.\n${words}\n`);
    },
    mounted: (made) => {
      instance = made;
      if (reason) made.unmount();
    },
  };
}
