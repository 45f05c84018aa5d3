import type { Moment } from '../../site.ts';
import type { Frame } from './frames.ts';

/** What a host tells the audit's script, a frame for each probe; a page that is asked for is told between. */
export interface LabAudit {
  /** Before the pages. */
  readonly first: (moment: Moment) => readonly Frame[];
  readonly last: readonly Frame[];
  /** The program that asks for pages, and the name by which the host's own pages stand in the site. */
  readonly pages: { readonly program: 'curl' | 'wget'; readonly host: string };
}
