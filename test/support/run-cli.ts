import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The command as users have it. */
export const launcher = fileURLToPath(new URL('../../bin/joelclaw', import.meta.url));

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export interface CliEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly child: ChildProcess;
  /** Resolves when a line of stdout matches; rejects when the program ends without one. */
  until(line: RegExp): Promise<string>;
  ended: Promise<CliEnd>;
}

const running = new Set<ChildProcess>();

/** Ends what a failed test has left running. */
export function killStarted(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Starts `bin/joelclaw`, the bundle, with no terminal and an environment of its own. */
export function startCli(args: readonly string[], { env = {}, cwd = '/' }: CliOptions): RunningCli {
  const { PATH = '' } = process.env;
  const child = spawn(launcher, args, {
    cwd,
    env: { PATH, HOME: '/nonexistent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  running.add(child);
  const waiting: {
    line: RegExp;
    resolve: (line: string) => void;
    reject: (error: Error) => void;
  }[] = [];
  const tell = (): void => {
    for (const one of [...waiting]) {
      const found = stdout
        .split('\n')
        .slice(0, -1)
        .find((text) => one.line.test(text));
      if (found !== undefined) one.resolve(found);
    }
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    tell();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<CliEnd>((resolve) => {
    child.on('close', (code, signal) => {
      running.delete(child);
      const why = new Error(`joelclaw ended with ${code ?? signal}: ${stderr}`);
      for (const one of waiting) one.reject(why);
      resolve({ code, signal, stdout, stderr });
    });
  });
  const until = (line: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      waiting.push({ line, resolve, reject });
      tell();
    });
  return { child, until, ended };
}

/** Runs it to its end. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliEnd> {
  return startCli(args, options).ended;
}
