import { describe, expect, test } from 'vitest';
import { sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit, type TestCockpit } from './open-test-cockpit.ts';

interface Timed {
  readonly cockpit: TestCockpit;
  /** Lets this long pass; the store commits, as it does each second. */
  pass(ms: number): void;
  notice(words: string | null): void;
}

async function timed(remembered?: Parameters<typeof openTestCockpit>[1]): Promise<Timed> {
  const { store } = await sampledLab('worker-crash-loop', 3);
  let nowMs = 1000;
  const cockpit = openTestCockpit(store, { monotonicMs: () => nowMs, ...remembered });
  return {
    cockpit,
    pass: (ms) => {
      nowMs += ms;
      store.setState({ nowMs: store.getState().nowMs + 1 });
    },
    notice: (notice) => store.setState({ notice }),
  };
}

describe("the footer's words", () => {
  test('of a key go after some seconds, and the keys stand there again', async () => {
    const { cockpit, pass } = await timed();
    cockpit.press('k');
    pass(4000);
    expect(cockpit.footer()).toContain('this is the beginning');
    pass(2000);
    expect(cockpit.footer()).toContain('enter details');
  });

  test('of the same key again stand anew', async () => {
    const { cockpit, pass } = await timed();
    cockpit.press('k');
    pass(4000);
    cockpit.press('k');
    pass(4000);
    expect(cockpit.footer()).toContain('this is the beginning');
  });

  test('take along what they asked for: a second ctrl-c much later is a first one', async () => {
    const { cockpit, pass } = await timed();
    const title = 'restart panda/worker';
    cockpit.show({ title, phase: 'acting', may: null, lines: [title] });
    cockpit.press('ctrl-c');
    expect(cockpit.footer()).toContain('ctrl-c again quits');
    pass(6000);
    cockpit.press('ctrl-c');
    expect(cockpit.intents).toEqual([]);
    cockpit.press('ctrl-c');
    expect(cockpit.intents).toEqual([{ type: 'quit' }]);
  });

  test('that were told later stand longer: a path is looked for', async () => {
    const { cockpit, pass } = await timed();
    cockpit.tell('saved /tmp/x.txt');
    pass(20_000);
    expect(cockpit.footer()).toContain('saved /tmp/x.txt');
    pass(20_000);
    expect(cockpit.footer()).not.toContain('saved');
  });

  test('give way to an alarm at once; a key after it still has its say, for its time', async () => {
    const { cockpit, pass, notice } = await timed();
    cockpit.press('k');
    notice('the old inventory goes on');
    expect(cockpit.footer()).toContain('the old inventory goes on');
    cockpit.press('k');
    expect(cockpit.footer()).toContain('this is the beginning');
    pass(6000);
    expect(cockpit.footer()).toContain('the old inventory goes on');
    notice(null);
    expect(cockpit.footer()).toContain('enter details');
  });
});
