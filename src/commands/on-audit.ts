/** The verb that looks into a host, as one piece of the bundle. */
export { audit } from './audit/index.ts';
