/** The verbs that look at the machine itself, as one piece of the bundle that no sample reads. */
export { doctor } from './doctor/index.ts';
export { init } from './init/index.ts';
