import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pty from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleProgram } from '../support/bundle-program.ts';
import { createTerminal, type HeadlessTerminal } from '../support/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'joelclaw-cockpit-'));
let app = '';

beforeAll(async () => {
  app = await bundleProgram(new URL('./cockpit-app.ts', import.meta.url), folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Started {
  readonly terminal: HeadlessTerminal;
  /** Resolves when the grid shows it; rejects with what it shows when that never comes. */
  until(wanted: RegExp): Promise<string>;
  send(keys: string): void;
  signal(name: NodeJS.Signals): void;
  resize(columns: number, rows: number): void;
}

/** Less than a test's own deadline, so that what is shown instead is told. */
const patienceMs = 25_000;

/** The cockpit as a child of a shell, which tells how it ended and what it left of the terminal. */
function start(trouble = ''): Started {
  const terminal = createTerminal(100, 30);
  const script = `"${process.execPath}" "${app}" ${trouble}; echo "status $?"; stty -a; sleep 0.1`;
  const child = pty.spawn('/bin/sh', ['-c', script], {
    name: 'xterm-256color',
    cols: 100,
    rows: 30,
    env: { ...process.env, CI: 'true', FORCE_COLOR: '' } as Record<string, string>,
  });
  const waiting = new Set<() => void>();
  child.onData((data) =>
    terminal.raw.write(data, () => {
      for (const look of waiting) look();
    }),
  );
  terminal.raw.onData((data) => child.write(data));
  return {
    terminal,
    until: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const text = terminal.text().join('\n');
          if (!wanted.test(text)) return;
          clearTimeout(late);
          waiting.delete(look);
          resolve(text);
        };
        const late = setTimeout(() => {
          reject(new Error(`never showed ${wanted}:\n${terminal.text().join('\n')}`));
        }, patienceMs);
        waiting.add(look);
        look();
      }),
    send: (keys) => child.write(keys),
    signal: (name) => {
      const [pid] = execFileSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' }).split(
        '\n',
      );
      process.kill(Number(pid), name);
    },
    resize: (columns, rows) => {
      terminal.resize(columns, rows);
      child.resize(columns, rows);
    },
  };
}

/** As it was found: cooked, on the main screen, nothing of the frame left. */
async function expectRestored({ terminal, until }: Started, status: number): Promise<string> {
  const text = await until(/iexten/);
  expect(text).toContain(`status ${status}`);
  expect(text).toMatch(/ icanon/);
  expect(text).toMatch(/ echo /);
  expect(text).not.toContain('Services');
  expect(terminal.raw.buffer.active.type).toBe('normal');
  expect(terminal.raw.modes.bracketedPasteMode).toBe(false);
  return text;
}

describe('the cockpit on a real terminal', () => {
  test('opens, takes keys and every size, and leaves with q', async () => {
    const started = start();
    await started.until(/✕ {2}worker/);
    started.send('1');
    await started.until(/Mac Mini/);
    for (const [columns, rows] of [
      [40, 10],
      [10, 3],
      [1, 1],
      [200, 50],
      [81, 24],
    ] as const) {
      started.resize(columns, rows);
      await started.until(columns < 40 ? /^(1|…)/ : /Nodes \d[\s\S]*enter details/);
    }
    expect(started.terminal.text().join('\n')).not.toContain('noise');
    started.send('q');
    expect(await expectRestored(started, 0)).toContain('ended 0 on nodes after quit');
  });

  test('a paste without an end makes it deaf for a moment only, and escape is a key', async () => {
    const started = start();
    await started.until(/✕ {2}worker/);
    started.send('\u001b[200~unfinished');
    await started.until(/pasted text goes into the filter/);
    started.send('?');
    await started.until(/esc close/);
    started.send('\u001b');
    await started.until(/enter details/);
    started.send('q');
    await expectRestored(started, 0);
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)('%s ends it with %i', async (name, status) => {
    const started = start();
    await started.until(/✕ {2}worker/);
    started.signal(name);
    await expectRestored(started, status);
  });

  test.each([
    ['throw', 'thrown beside it'],
    ['render', 'TypeError'],
  ])('after an error (%s) the terminal is back before the message', async (trouble, message) => {
    const started = start(trouble);
    await started.until(/✕ {2}worker/);
    started.send('\u0012');
    const text = await expectRestored(started, 70);
    expect(text).toContain('the cockpit broke, and that is our bug');
    expect(text).toContain(message);
  });
});
