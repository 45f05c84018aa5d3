import { askGraphql } from '../kinds/inngest/graphql.ts';
import { FaultError } from '../model/errors.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import type { InngestCall } from '../model/plan.ts';
import { objectsOf, textOf } from '../model/read-facts.ts';
import type { CallOptions, Transports } from '../transports/contract.ts';

/** A run that came of what was asked, and of no other's event. */
export interface GivenRun {
  readonly id: string;
  readonly status: string;
  readonly slug: string;
}

/** The id in the answer to a call: of the run that it has begun, or of the event that it has sent. */
export function givenBy(call: InngestCall, answer: JsonObject): string | null {
  if (call.type === 'event') {
    const { ids } = answer;
    return Array.isArray(ids) ? textOf(ids[0]) : null;
  }
  const { data } = answer;
  return call.type === 'rerun' && isJsonObject(data) ? textOf(data['rerun']) : null;
}

interface Asked {
  /** Of the server. */
  readonly url: string;
  readonly transports: Transports;
  readonly options: CallOptions;
}

/**
 * The runs of that id, none where there are none yet or its server is silent. Null where it does not
 * know the question: then any new run is all the proof that there is.
 */
export async function askGivenRuns(
  call: InngestCall,
  given: string,
  { url, ...context }: Asked,
): Promise<readonly GivenRun[] | null> {
  const id = JSON.stringify(given);
  const fields = '{ id status function { slug } }';
  const query =
    call.type === 'event'
      ? `{ given: eventV2(id: ${id}) { runs ${fields} } }`
      : `{ given: run(runID: ${id}) ${fields} }`;
  try {
    const { data } = await askGraphql(url, query, context);
    const { given: found } = data;
    if (!isJsonObject(found)) return [];
    return (call.type === 'event' ? objectsOf(found['runs'] ?? null) : [found]).flatMap(runOf);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return error.fault.code === 'protocol' ? null : [];
  }
}

function runOf(run: JsonObject): readonly GivenRun[] {
  const { id, status, function: of } = run;
  const slug = isJsonObject(of) ? textOf(of['slug']) : null;
  const known = textOf(id);
  return known === null || slug === null ? [] : [{ id: known, status: textOf(status) ?? '', slug }];
}
