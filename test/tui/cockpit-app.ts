import { runCockpit } from '../../src/tui/main.tsx';
import { openLab } from '../frames/lab-store.ts';

/** A cockpit over a lab, for a test to start in a terminal of its own. */
const trouble = process.argv[2] ?? '';
const lab = openLab('worker-crash-loop');
await lab.sample();
if (trouble === 'throw') setTimeout(() => Promise.reject(new Error('thrown beside it')), 300);
if (trouble === 'render') {
  setTimeout(() => lab.store.setState({ state: { health: null } as never }), 300);
}
const noise = setInterval(() => console.error('noise of a dependency'), 20);
const asked: string[] = [];
const { exitCode, remembered } = await runCockpit({
  store: lab.store,
  dispatch: ({ type }) => asked.push(type),
  badge: 'LAB',
  timeZone: 'UTC',
  log: () => {},
});
clearInterval(noise);
process.stdout.write(`ended ${exitCode} on ${remembered.tab} after ${asked.join(' ')}\n`);
process.exitCode = exitCode;
