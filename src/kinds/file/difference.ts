import { structuredPatch } from 'diff';

/** What it would take to make one text the other. Each line begins with ` `, `-`, `+` or `@`. */
export interface Difference {
  readonly added: number;
  readonly removed: number;
  readonly lines: readonly string[];
}

/** More than a person reads, and than is worth keeping. */
const mostLines = 200;
const longestLine = 200;
const context = 3;
/** Two texts with little in common are not compared for ever: the same two always to the same end. */
const maxEditLength = 1000;

/** From what is there to what the repo says; null where they differ too much to be told. */
export function differenceOf(live: string, repo: string): Difference | null {
  const patch = structuredPatch('live', 'repo', live, repo, '', '', {
    context,
    maxEditLength,
  });
  if (!patch) return null;
  const all = patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    ...lines,
  ]);
  const lines = all.slice(0, mostLines).map(shown);
  const left = all.length - lines.length;
  return {
    added: all.filter((line) => line.startsWith('+')).length,
    removed: all.filter((line) => line.startsWith('-')).length,
    lines: left === 0 ? lines : [...lines, `@@ ${left} more lines @@`],
  };
}

/** No terminal is sent a tab. What is cut off is seen to be. */
function shown(line: string): string {
  const spaced = line.replaceAll('\t', '    ');
  return spaced.length <= longestLine ? spaced : `${spaced.slice(0, longestLine - 1)}…`;
}
