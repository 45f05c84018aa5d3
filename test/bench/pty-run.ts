import pty from '@lydell/node-pty';
import { plainEnv } from './staged.ts';

/** A program on a terminal of its own, 200 columns by 50 rows. */
export interface PtyRun {
  readonly pid: number;
  /** How many bytes it has written so far. */
  bytes(): number;
  /** All that it has written so far. */
  text(): string;
  type(keys: string): void;
  /** Milliseconds until it writes again. */
  untilBytes(): Promise<number>;
  /** Milliseconds from its start to the first byte after which the text held; rejects after 20 s. */
  untilText(holds: (text: string) => boolean): Promise<number>;
  /** Asks it to end and waits until it has. */
  end(): Promise<void>;
  readonly ended: Promise<void>;
}

const patienceMs = 20_000;

/** Starts a program on a pty; what it writes is kept as text. */
export function startOnPty(
  [program, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>> = {},
): PtyRun {
  const startMs = performance.now();
  const child = pty.spawn(program, [...args], {
    name: 'xterm-256color',
    cols: 200,
    rows: 50,
    cwd: '/',
    env: plainEnv(env),
  });
  let text = '';
  let bytes = 0;
  let look: () => void = () => {};
  child.onData((data) => {
    bytes += Buffer.byteLength(data);
    text += data;
    look();
  });
  const ended = new Promise<void>((resolve) => child.onExit(() => resolve()));
  const untilText: PtyRun['untilText'] = (holds) =>
    new Promise((resolve, reject) => {
      const why = (): Error =>
        new Error(`not seen in ${program}: ${JSON.stringify(text.slice(-2000))}`);
      const timer = setTimeout(() => reject(why()), patienceMs);
      look = () => {
        if (!holds(text)) return;
        look = () => {};
        clearTimeout(timer);
        resolve(performance.now() - startMs);
      };
      look();
    });
  const end = (): Promise<void> => {
    child.kill('SIGTERM');
    return ended;
  };
  const untilBytes = async (): Promise<number> => {
    const { length } = text;
    const fromMs = performance.now();
    await untilText((now) => now.length > length);
    return performance.now() - fromMs;
  };
  const type = (keys: string): void => child.write(keys);
  const said = { bytes: () => bytes, text: () => text };
  return { pid: child.pid, ...said, type, untilText, untilBytes, end, ended };
}
