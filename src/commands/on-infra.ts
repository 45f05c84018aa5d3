/** The verbs that bring what runs to what the repo says, as one piece of the bundle. */
export { infra } from './infra/index.ts';
