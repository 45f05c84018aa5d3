import { cleanup, render } from 'ink-testing-library';
import { afterEach, expect, test } from 'vitest';
import { App } from '../../src/tui/app.tsx';
import { openCockpit } from '../../src/tui/cockpit.ts';
import { sampledLab } from '../frames/lab-store.ts';

const { store } = await sampledLab('clanker-down', 2);
afterEach(cleanup);

/** The next frame that holds a text: Ink draws after React has committed. */
async function frameWith(lastFrame: () => string | undefined, wanted: string): Promise<string> {
  for (let turns = 0; turns < 1000; turns++) {
    const frame = lastFrame() ?? '';
    if (frame.includes(wanted)) return frame;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`"${wanted}" was not drawn:\n${lastFrame()}`);
}

test('a key changes the frame that is drawn, on a terminal that says nothing of itself', async () => {
  const cockpit = openCockpit({
    store,
    size: { columns: 100, rows: 30 },
    meta: { badge: 'LAB', timeZone: 'UTC' },
    theme: 'mono',
    onIntent: () => {},
    onError: (error) => {
      throw error;
    },
  });
  const { lastFrame, stdin } = render(<App cockpit={cockpit} onMount={() => {}} />);
  await frameWith(lastFrame, 'panda/tailscale#clanker-001');
  stdin.write('1');
  await frameWith(lastFrame, 'no answer within 5 s');
  stdin.write('?');
  expect(await frameWith(lastFrame, 'poll everything now')).toContain('the next tab');
});
