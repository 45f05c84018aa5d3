import type { SuspendTerminal } from './app.tsx';
import type { TerminalIntent } from './intent.ts';
import { focusReports, mouseReports } from './terminal-reports.ts';

/** What the cockpit asks of its own terminal, done. */
export interface TerminalDoor {
  take(intent: TerminalIntent): void;
  /** Ink's way to hand the terminal over, known once it is mounted. */
  use(suspendTerminal: SuspendTerminal): void;
}

export interface TerminalDoorOptions {
  write(bytes: string): void;
  /** Asks the terminal how large it is. */
  readSize(): void;
  /** Resolves when the group goes on. */
  stopGroup(): Promise<void>;
  onError(error: unknown): void;
}

/** A suspension within another is left out: the terminal can be handed over once only. */
export function createTerminalDoor({
  write,
  readSize,
  stopGroup,
  onError,
}: TerminalDoorOptions): TerminalDoor {
  let suspendTerminal: SuspendTerminal | undefined;
  let suspended = false;
  const during = (work: () => Promise<void>): void => {
    if (!suspendTerminal || suspended) return;
    suspended = true;
    suspendTerminal(work)
      .catch(onError)
      .finally(() => {
        suspended = false;
      });
  };
  let mouse = false;
  /** The shell has no use for reports. */
  const stopped = async (): Promise<void> => {
    write(focusReports(false) + mouseReports(false));
    await stopGroup();
    readSize();
    write(focusReports(true) + (mouse ? mouseReports(true) : ''));
  };
  return {
    use: (suspend) => {
      suspendTerminal = suspend;
    },
    take: (intent) => {
      if (intent.type === 'suspend') during(stopped);
      // Ink draws everything anew when it gets the terminal back.
      else if (intent.type === 'repaint') during(async () => readSize());
      else if (intent.type === 'mouse') {
        mouse = intent.on;
        write(mouseReports(mouse));
      } else write(clipboard(intent.text));
    },
  };
}

/** OSC 52 (xterm's control sequences): set the clipboard. */
function clipboard(text: string): string {
  return `\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`;
}
