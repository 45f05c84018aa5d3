import type { FunctionReport } from '../model/report.ts';
import { triggersText } from './function-text.ts';

/** What `functions accept` takes for right on one Inngest server. */
export interface AcceptedServer {
  readonly server: string;
  /** Who says which names are expected. */
  readonly decidedBy: 'inventory' | 'last-seen';
  readonly registered: number;
  /** Names that are expected no more. */
  readonly forgotten: readonly string[];
  readonly triggers: readonly {
    readonly name: string;
    readonly was: FunctionReport['triggers'];
    readonly is: FunctionReport['triggers'];
  }[];
}

/** One server of the `--json` answer, keys in the contract's order. */
export function acceptedJson(accepted: AcceptedServer): AcceptedServer {
  const { server, decidedBy, registered, forgotten, triggers } = accepted;
  return { server, decidedBy, registered, forgotten, triggers };
}

/** The same for people; a dry run says what would be. */
export function acceptedText(servers: readonly AcceptedServer[], dryRun: boolean): string {
  return servers
    .flatMap(({ server, decidedBy, registered, forgotten, triggers }) => [
      headLine({ server, decidedBy, registered }, dryRun),
      ...forgotten.map((name) => `  forgotten: ${name}`),
      ...triggers.map(
        ({ name, was, is }) =>
          `  triggers of ${name}: was ${wordsOf(was)}, ${dryRun ? 'would be' : 'is'} ${wordsOf(is)}`,
      ),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

function headLine(
  { server, decidedBy, registered }: Pick<AcceptedServer, 'server' | 'decidedBy' | 'registered'>,
  dryRun: boolean,
): string {
  if (decidedBy === 'inventory') return `${server}: the inventory decides which names are expected`;
  const will = dryRun ? 'would be' : 'are from now on';
  return `${server}: the ${registered} functions that are registered ${will} what is expected`;
}

function wordsOf(triggers: FunctionReport['triggers']): string {
  return triggers.length === 0 ? 'none' : triggersText({ triggers });
}
