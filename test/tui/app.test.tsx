import { afterEach, describe, expect, test } from 'vitest';
import { App } from '../../src/tui/app.tsx';
import { type Cockpit, openCockpit } from '../../src/tui/cockpit.ts';
import type { AnyIntent } from '../../src/tui/intent.ts';
import { sampledLab } from '../frames/lab-store.ts';
import { type Rendered, renderAt } from '../support/render-at.tsx';

const { store, sample, world } = await sampledLab('worker-crash-loop', 2);
const mounted: Rendered[] = [];
afterEach(() => {
  for (const one of mounted.splice(0)) one.unmount();
});

async function open(columns: number, rows: number): Promise<OpenApp> {
  const intents: AnyIntent[] = [];
  const cockpit = openCockpit({
    store,
    size: { columns, rows },
    meta: { badge: 'LAB', timeZone: 'UTC' },
    theme: 'terminal',
    onIntent: (intent) => intents.push(intent),
    onError: (error) => {
      throw error;
    },
  });
  const rendered = renderAt(columns, rows, <App cockpit={cockpit} onMount={() => {}} />);
  mounted.push(rendered);
  await rendered.flushed();
  return { cockpit, rendered, intents };
}

interface OpenApp {
  readonly cockpit: Cockpit;
  readonly rendered: Rendered;
  readonly intents: readonly AnyIntent[];
}

describe('the cockpit under Ink', () => {
  test.each([
    [120, 40],
    [80, 24],
    [40, 10],
  ])('shows on %i×%i cell for cell what the frame says', async (columns, rows) => {
    const { cockpit, rendered } = await open(columns, rows);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: SGR is what it removes
    const plain = (line: string): string => line.replace(/\u001b\[\d+m/g, '').trimEnd();
    expect(rendered.terminal.text()).toEqual(cockpit.frames.getState().lines.map(plain));
    expect(rendered.terminal.text().join('')).toContain('Services 11');
  });

  test('keys reach it, held ones in one piece too', async () => {
    const { rendered, intents } = await open(100, 30);
    rendered.type('jj');
    rendered.type('\u001b[B');
    await rendered.flushed();
    expect(rendered.terminal.text().join('\n')).toContain('─ panda/redis ·');
    rendered.type('/');
    rendered.type('\u001b[200~caddy\nq\u001b[201~');
    await rendered.flushed();
    expect(rendered.terminal.text()[2]).toContain('/caddy q▏');
    rendered.type('\u0003');
    expect(intents).toEqual([{ type: 'quit' }]);
  });

  test('a commit that changes nothing writes not a byte', async () => {
    const { rendered } = await open(100, 30);
    const before = rendered.bytes();
    store.setState({ nowMs: store.getState().nowMs + 1000 });
    store.setState({ nowMs: store.getState().nowMs - 1000 });
    await rendered.flushed();
    expect(rendered.bytes()).toBe(before);
  });

  test('a cursor that moves one row writes a few cells, not a screen', async () => {
    const { rendered } = await open(120, 40);
    rendered.type('G');
    await rendered.flushed();
    const before = rendered.bytes();
    rendered.type('k');
    await rendered.flushed();
    expect(rendered.bytes() - before).toBeLessThan(1500);
  });

  test('what recovers is seen without a key', async () => {
    const { rendered } = await open(100, 30);
    expect(rendered.terminal.text()[4]).toMatch(/✕\s+worker/);
    world.mend('localhost:3111');
    await sample(4000);
    await rendered.flushed();
    expect(rendered.terminal.text().join('\n')).toMatch(/●\s+worker\s+panda\s+launchd\s+up/);
  });
});
