import type { InngestFacts } from './facts.ts';
import type { RegisteredFunction } from './read.ts';
import type { Remembered } from './remembered.ts';
import type { InngestSpec } from './spec.ts';

interface Named {
  readonly slug: string;
  readonly name: string;
  readonly app: string;
}

/** How a function is called without its app: `system-bus-video-download` is `video-download`. */
export function shortName({ slug, app }: Named): string {
  return slug.startsWith(`${app}-`) ? slug.slice(app.length + 1) : slug;
}

/** By its slug without the app, else by what it is shown as. */
export function isCalled(one: Named, name: string): boolean {
  return shortName(one) === name || one.name === name || one.slug === name;
}

type Names = Pick<InngestFacts, 'expected' | 'missing' | 'unexpected' | 'baseline'>;

/**
 * What is registered against what is expected: the inventory's list, else all that was ever seen.
 * That set grows by itself; what has gone stays missing until somebody accepts it.
 */
export function compareNames(
  registered: readonly RegisteredFunction[],
  { expect }: InngestSpec,
  remembered: Remembered,
): Names {
  const seen = registered.map(shortName);
  const baseline = [...new Set([...remembered.baseline, ...seen])].sort();
  const wanted = expect ?? baseline;
  const known = new Set(registered.flatMap((one) => [shortName(one), one.name, one.slug]));
  const isWanted = new Set(wanted);
  const unexpected = registered.filter(
    (one) => ![shortName(one), one.name, one.slug].some((name) => isWanted.has(name)),
  );
  return {
    expected: new Set(wanted).size,
    missing: [...isWanted].filter((name) => !known.has(name)),
    unexpected: unexpected.map(({ name }) => name),
    baseline,
  };
}
