import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A shell in a pane of a tmux server of its own. */
export interface TmuxPane {
  /** Where joelclaw keeps its state in it. */
  readonly state: string;
  send(...keys: readonly string[]): void;
  screen(): string;
  /** `#{alternate_on} #{cursor_flag}` */
  flags(): string;
  resize(columns: number, rows: number): void;
  /** tmux tells of no change, so what is seen is looked at until it matches. */
  until(look: () => string, wanted: RegExp): Promise<string>;
  /** Any other command of tmux. */
  tmux(...args: readonly string[]): string;
  stop(): void;
}

const patienceMs = 12_000;

export function openTmux(columns: number, rows: number): TmuxPane {
  const folder = mkdtempSync(join(tmpdir(), 'joelclaw-tmux-'));
  const state = join(folder, 'state');
  const tmux = (...args: readonly string[]): string =>
    execFileSync('tmux', ['-S', join(folder, 'tmux'), '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: { ...process.env, JOELCLAW_STATE: state, LANG: 'C.UTF-8' },
    });
  const size = ['-x', String(columns), '-y', String(rows)];
  tmux('new-session', '-d', '-s', 'pane', ...size, 'env PS1="prompt> " sh -i');
  return {
    state,
    tmux,
    send: (...keys) => void tmux('send-keys', '-t', 'pane', ...keys),
    screen: () => tmux('capture-pane', '-p', '-t', 'pane'),
    flags: () => tmux('display', '-p', '-t', 'pane', '#{alternate_on} #{cursor_flag}').trim(),
    resize: (wide, high) =>
      void tmux('resize-window', '-t', 'pane', '-x', String(wide), '-y', String(high)),
    until: async (look, wanted) => {
      const endMs = Date.now() + patienceMs;
      for (let seen = look(); Date.now() < endMs; seen = look()) {
        if (wanted.test(seen)) return seen;
        await new Promise((resolve) => setImmediate(resolve));
      }
      throw new Error(`${wanted} was not seen:\n${look()}`);
    },
    stop: () => {
      tmux('kill-server');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
