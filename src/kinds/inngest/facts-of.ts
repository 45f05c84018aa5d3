import { nextRunOf } from './cadence.ts';
import type { FunctionFacts, Heard, InngestFacts } from './facts.ts';
import { compareNames, isCalled } from './names.ts';
import type { RegisteredApp, RegisteredFunction } from './read.ts';
import type { Remembered } from './remembered.ts';
import { runFacts } from './runs.ts';
import type { InngestSpec } from './spec.ts';
import { compareTriggers } from './triggers.ts';

/** The apps that the inventory speaks of: the one that it names, else all. */
export function wantedApps(
  apps: readonly RegisteredApp[],
  { app }: InngestSpec,
): readonly RegisteredApp[] {
  return app === null ? apps : apps.filter(({ name }) => name === app);
}

/** What was heard, held against what is expected and what was known before. */
export function factsOf(heard: Heard, wanted: InngestSpec, before: Remembered): InngestFacts {
  const { latencyMs, apps, served, workerTrouble, runsTrouble, countedSince } = heard;
  const registered = apps.flatMap(({ functions }) => functions);
  const names = compareNames(registered, wanted, before);
  const runs = Map.groupBy(heard.runs, ({ slug }) => slug);
  const isUnexpected = new Set(names.unexpected);
  const factsOfOne = (one: Omit<RegisteredFunction, 'id'>, isThere: boolean): FunctionFacts => {
    const { slug, name, app, triggers } = one;
    const known = before.functions.get(slug);
    return {
      slug,
      name,
      app,
      triggers,
      ...compareTriggers(triggers, known?.acceptedTriggers ?? null),
      registered: isThere,
      expected: !(isThere && isUnexpected.has(name)),
      // Nothing starts one that is not registered.
      nextRun: isThere ? nextRunOf(triggers, heard.nowMs) : null,
      ...runFacts({ triggers, runs: runs.get(slug) ?? [], before: known, heard }),
    };
  };
  return {
    latencyMs,
    wanted: wanted.app,
    apps: apps.map(({ name, url, connected, error }) => ({ name, url, connected, error })),
    registered: registered.length,
    served,
    ...names,
    workerTrouble,
    runsTrouble,
    countedSince,
    functions: [
      ...registered.map((one) => factsOfOne(one, true)),
      ...names.missing.map((name) => factsOfOne(lastSeen(name, wanted, before), false)),
    ],
  };
}

/** A missing function as it was when it was there; else only its name is known. */
function lastSeen(
  name: string,
  { app }: InngestSpec,
  before: Remembered,
): Omit<RegisteredFunction, 'id'> {
  const known = [...before.functions.values()].find((one) => isCalled(one, name));
  if (known) return known;
  return { slug: app === null ? name : `${app}-${name}`, name, app: app ?? '', triggers: [] };
}
