import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { dotEnvFaults } from '../../src/inventory/dot-env.ts';
import { faultLine } from '../../src/inventory/fault.ts';

const linesOf = (text: string): readonly string[] => dotEnvFaults('.env', text).map(faultLine);

describe('a .env', () => {
  it.each([
    ['nothing', ''],
    ['comments and blank lines', '# a secret: no\n\n   # b\n'],
    ['names with values', 'A=1\nB =2\n  export C=3\nd.e-f=\r\nG=a=b # c\n'],
    ['quoted values', 'A="x = y # z"\nB=\'it is\' # why\nC=`"`\n'],
    ['a value over several lines', 'KEY="-----BEGIN\nabc\n\n-----END"\nB=2\n'],
    ['an apostrophe inside a value', "A=don't\nB=2\n"],
  ])('of %s is well', (_title, text) => {
    expect(linesOf(text)).toEqual([]);
  });

  it.each([
    ['no equals sign', 'A=1\nhunter2hunter2\n', '.env:2:1: is no NAME=value'],
    ['no name', 'A=1\n\n  =hunter2hunter2\n', '.env:3:3: is no NAME=value'],
    ['a name with a blank', 'MY hunter2hunter2=1\n', '.env:1:1: is no NAME=value'],
    ['a colon instead', 'A: hunter2hunter2\n', '.env:1:1: is no NAME=value'],
    ['a # within a value', 'A=1\nHASH=pa#hunter2\n', '.env:2:8: its value ends at the #'],
    ['an open quote', 'A=1\nB="hunter2hunter2\n', '.env:2:3: its quote is not closed'],
    [
      'a quote that the next line closes',
      'A="hunter2hunter2\nB="x"\nC=3\n',
      '.env:1:3: goes on after its closing quote',
    ],
  ])('of a line with %s is told by its place, and never by its text', (_title, text, start) => {
    const lines = linesOf(text);
    expect(lines).toEqual([expect.stringMatching(/, try: /)]);
    expect(lines[0]?.slice(0, start.length)).toBe(start);
    expect(lines.join('')).not.toContain('hunter2');
  });

  it('is read as Node reads it: what is told is what does not come out whole', () => {
    expect(parseEnv('hunter2\n=x\nA="b\nB="x"\nC=3\n')).toEqual({ A: 'b\nB=', C: '3' });
  });
});
