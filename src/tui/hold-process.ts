/** What a cockpit holds on to while it is open: the process, and both ends of the terminal. */
export interface HoldContext {
  readonly process: NodeJS.Process;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Unmounts with an exit code; an error is told once the terminal is back. */
  end(code: number, error?: unknown): void;
  suspend(): void;
  repaint(): void;
}

type Held = readonly [NodeJS.EventEmitter, string, (...args: never[]) => void];

/** 128 and the signal's number, as a shell says it. */
const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** The exit code for what a signal of the process has aborted; null for any other reason. */
export function exitCodeOf({
  aborted,
  reason,
}: Pick<AbortSignal, 'aborted' | 'reason'>): number | null {
  const isSignal = (name: unknown): name is keyof typeof signals => String(name) in signals;
  return aborted && isSignal(reason) ? signals[reason] : null;
}

/**
 * Ends by signal, by a lost terminal and by an uncaught error alike: unmounted first. While these
 * listeners are there Ink's own (signal-exit) leaves the signal to us. Returns what lets go.
 */
export function holdProcess(context: HoldContext): () => void {
  const { process, stdin, stdout, end, suspend, repaint } = context;
  const held: readonly Held[] = [
    ...Object.entries(signals).map(([name, code]): Held => [process, name, () => end(code)]),
    [process, 'SIGTSTP', suspend],
    // Drawn over while it was stopped from outside, and no job in the background is told of a size.
    [
      process,
      'SIGCONT',
      () => {
        readSize(stdout);
        repaint();
      },
    ],
    [process, 'uncaughtException', (error: unknown) => end(70, error)],
    [stdout, 'error', () => end(signals.SIGHUP)],
    [stdin, 'error', () => end(signals.SIGHUP)],
    [stdin, 'end', () => end(signals.SIGHUP)],
  ];
  for (const [emitter, event, listener] of held) emitter.on(event, listener as () => void);
  return () => {
    for (const [emitter, event, listener] of held) emitter.off(event, listener as () => void);
  };
}

/** Asks the terminal for its size, which Node does only when it is told of another one. */
export function readSize(stdout: NodeJS.WriteStream): void {
  const { _refreshSize: refresh } = stdout as { _refreshSize?: () => void };
  refresh?.call(stdout);
}

/** What others wait for is given up before this process is stopped, and taken up by what it resolves to. */
export type LetGo = () => Promise<() => void>;

/** The whole group: stopping only ourselves leaves the shell without a prompt. Resolves when it goes on. */
export async function stopGroup(process: NodeJS.Process, letGo?: LetGo): Promise<void> {
  const goOn = await letGo?.();
  const goesOn = new Promise<void>((resolve) => {
    process.once('SIGCONT', () => resolve());
    process.kill(0, 'SIGSTOP');
  });
  await goesOn.finally(goOn);
}

const consoleMethods = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;

/** A chatty dependency must neither draw over the frame nor cost one. Returns what undoes it. */
export function routeConsole(
  console: Pick<Console, (typeof consoleMethods)[number]>,
  log: (line: string) => void,
): () => void {
  const before = consoleMethods.map((method) => [method, console[method]] as const);
  for (const method of consoleMethods) {
    console[method] = (...args: readonly unknown[]) => log(args.map(String).join(' '));
  }
  return () => {
    for (const [method, original] of before) console[method] = original;
  };
}
