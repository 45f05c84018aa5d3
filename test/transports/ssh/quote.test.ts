import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteArgv } from '../../../src/transports/ssh/quote.ts';

/** What a shell hands to a program, each argument ended by a NUL. */
function throughShell(argv: readonly string[]): readonly string[] {
  const command = `printf '%s\\0' ${quoteArgv(argv)}`;
  const { stdout } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
  return stdout.split('\0').slice(0, -1);
}

const hostile = ["'", "''", '"', '$HOME', '`id`', '$(id)', '\\', '\n', '*', '~', '!', ';', '-n'];
const argument = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom(...hostile)).map((parts) => parts.join('')),
);

describe('Words for the shell of the other side', () => {
  it('arrive as they were, whatever they hold', () => {
    const argv = fc.array(
      argument.map((text) => text.replaceAll('\0', '')),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(argv, (words) => {
        expect(throughShell(words)).toEqual(words);
      }),
      { numRuns: 60 },
    );
  });
});
