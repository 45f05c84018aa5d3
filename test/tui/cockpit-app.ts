import { runCockpit } from '../../src/tui/main.tsx';
import { openLab } from '../frames/lab-store.ts';

/** A cockpit over a lab, for a test to start in a terminal of its own; ctrl-r brings its trouble. */
const trouble = process.argv[2] ?? '';
const lab = openLab('worker-crash-loop');
await lab.sample();
const noise = setInterval(() => console.error('noise of a dependency'), 20);
const asked: string[] = [];
const { exitCode, remembered } = await runCockpit({
  store: lab.store,
  dispatch: ({ type }) => {
    asked.push(type);
    if (type === 'poll-now') bringTrouble();
    return undefined;
  },
  theme: 'terminal',
  badge: 'LAB',
  timeZone: 'UTC',
  log: () => {},
  clean: (text) => text,
});
clearInterval(noise);
process.stdout.write(`ended ${exitCode} on ${remembered.tab} after ${asked.join(' ')}\n`);
process.exitCode = exitCode;

/** Neither comes of the key itself: one is nobody's promise, the other a frame that cannot be made. */
function bringTrouble(): void {
  if (trouble === 'throw') void Promise.reject(new Error('thrown beside it'));
  if (trouble === 'render') {
    setImmediate(() => lab.store.setState({ state: { health: null } as never }));
  }
}
