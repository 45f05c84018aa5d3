import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingTiers, notGiven } from '../test/support/tiers.ts';

// Runs every test that this machine can run, then says what it could not run and what to install.
// In CI a tier that Debian or npm could have provided is a failure, not a note.

interface Assertion {
  readonly fullName: string;
  readonly status: string;
  readonly duration?: number;
}

interface Run {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly Assertion[];
  }[];
}

const ci = Boolean(process.env['CI']);
const scratch = mkdtempSync(join(tmpdir(), 'joelclaw-test-'));
const report = join(scratch, 'report.json');
const { status } = spawnSync(
  'vitest',
  [
    'run',
    '--coverage',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${report}`,
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
const run = readRun();
rmSync(scratch, { recursive: true, force: true });

if (run && ci) {
  console.log('\nThe ten slowest tests:');
  for (const { fullName, duration = 0 } of slowest(run))
    console.log(`  ${Math.round(duration)} ms  ${fullName}`);
}
const missing = missingTiers();
console.log('');
for (const { name, install } of missing)
  console.log(`not run: ${name}, install it with: ${install}`);
for (const { name, proof } of notGiven()) console.log(`not given: ${name} (${proof})`);
if (missing.length === 0) console.log('every tier that Debian and npm provide was run');

const failed = (run?.numFailedTests ?? 1) + (ci ? missing.length : 0);
console.log(`${run?.numPassedTests ?? 0} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : (status ?? 1);

function readRun(): Run | null {
  try {
    return JSON.parse(readFileSync(report, 'utf8')) as Run;
  } catch {
    return null;
  }
}

function slowest({ testResults }: Run): readonly Assertion[] {
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .toSorted((a, b) => (b.duration ?? 0) - (a.duration ?? 0))
    .slice(0, 10);
}
