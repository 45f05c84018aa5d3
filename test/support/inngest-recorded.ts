import { readFileSync } from 'node:fs';

const fixtures = new URL('../fixtures/inngest/', import.meta.url);

/** The text of one recorded answer. */
export const recordedText = (name: string): string => readFileSync(new URL(name, fixtures), 'utf8');

// biome-ignore lint/suspicious/noExplicitAny: recorded JSON is taken apart as the tests need it
export type Tree = any;

/** The same, parsed. */
export const recorded = (name: string): Tree => JSON.parse(recordedText(name)) as Tree;

/** A function of the recorded app; its id is what comes after the app's name in its slug. */
export interface RecordedFunction {
  readonly id: string;
  readonly name: string;
  readonly triggers: readonly { readonly type: string; readonly value: string }[];
}

interface Listed extends Omit<RecordedFunction, 'id'> {
  readonly slug: string;
}

const schedule = 'TZ=America/Los_Angeles 0 * * * *';

/** The 14 of the recorded app, its cron in a zone. */
export const recordedFunctions: readonly RecordedFunction[] = (
  recorded('gql-apps.json').data.apps[0].functions as readonly Listed[]
).map(({ slug, name, triggers }) => ({
  id: slug.slice('system-bus-'.length),
  name,
  triggers: triggers.map(({ type, value }) => ({
    type,
    value: type === 'CRON' ? schedule : value,
  })),
}));
