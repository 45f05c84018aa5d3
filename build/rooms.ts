import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import {
  cruise,
  type ICruiseOptions,
  type ICruiseResult,
  type IFlattenedRuleSet,
} from 'dependency-cruiser';

// The house's rules that no linter has: who imports whom, how long a file may be, and that a room
// asks nobody but its clock for the time. dependency-cruiser silently sees no TypeScript at all when
// its parser is missing, so the number of modules is held against the number of files.

const root = fileURLToPath(new URL('..', import.meta.url));
const wallLines = 200;
const files = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => `src/${name}`);

const faults = [...(await importFaults()), ...files.flatMap(fileFaults)];
for (const fault of faults) console.error(fault);
console.log(`rooms: ${files.length} modules, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;

async function importFaults(): Promise<readonly string[]> {
  const { options, ...ruleSet } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
    options: ICruiseOptions;
  } & IFlattenedRuleSet;
  const { output } = await cruise(['src'], { ...options, ruleSet, validate: true, baseDir: root });
  const { modules, summary } = output as ICruiseResult;
  const seen = modules.filter(({ source }) => source.startsWith('src/')).length;
  const unseen = seen < files.length ? [`only ${seen} of ${files.length} modules were read`] : [];
  return [
    ...unseen,
    ...summary.violations.map(({ rule, from, to }) => `${from}: imports ${to} (${rule.name})`),
  ];
}

function fileFaults(path: string): readonly string[] {
  const text = readFileSync(`${root}/${path}`, 'utf8');
  const lines = text.split('\n').length - 1;
  const long = lines > wallLines ? [`${path}: ${lines} lines, the wall is ${wallLines}`] : [];
  const isDoor = /^src\/([^/]+$|commands\/|transports\/|tui\/main)/.test(path);
  const asksTime = !isDoor && /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(/.test(text);
  return asksTime
    ? [...long, `${path}: asks for the time or for chance; the clock has both`]
    : long;
}
