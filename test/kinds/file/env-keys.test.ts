import { describe, expect, it } from 'vitest';
import { compare } from '../../../src/kinds/file/compare.ts';
import { envKeys, shownEnvKeys } from '../../../src/kinds/file/env-keys.ts';
import type { FileSeen } from '../../../src/transports/contract-files.ts';

const piece = 'plantedS3cr3tGGGGabcdefg==';
const pem = `-----BEGIN EC PRIVATE KEY-----\n${piece}\n-----END EC PRIVATE KEY-----`;

describe('the names of an environment', () => {
  it.each<[string, string, string[]]>([
    ['plain ones', '# A=1\nexport B=2\n C = 3\nB=4\n', ['B', 'C']],
    ['after a value of several lines', `A="${pem}"\nB=2\n`, ['A', 'B']],
    ['after one in single quotes', `A='x\n${piece}\n'\r\nB=2\n`, ['A', 'B']],
    ['around a key without quotes', `A=${pem}\nB=2\n`, ['A', 'B']],
    ['after a quote within a value', `A=it's\nB=2\n`, ['A', 'B']],
    ['after a value that is not set', 'A=\nB="2"\n', ['A', 'B']],
  ])('%s', (_what, text, names) => {
    expect(envKeys(text)).toEqual(names);
    expect(shownEnvKeys(text)).toEqual(names);
  });

  it.each<[string, string, string[], string[]]>([
    ['that a line goes on', `A=x\\\n${piece}\nB=2\n`, ['A', piece.slice(0, -2), 'B'], ['A', 'B']],
    ['that a quote is not closed', `A="x\n${piece}\n`, ['A', piece.slice(0, -2)], ['A']],
    [
      'that a quote is a part of a value',
      `A="x\\"\n${piece}\n"\nB=2\n`,
      ['A', piece.slice(0, -2), 'B'],
      ['A', 'B'],
    ],
    ['the other way round', `A="x\\"\nB="y\n${piece}\n"\nC=3\n`, ['A', 'B', 'C'], ['A', 'C']],
  ])('of which readers differ %s are there and not shown', (_what, text, there, shown) => {
    expect(envKeys(text)).toEqual(there);
    expect(shownEnvKeys(text)).toEqual(shown);
  });

  it('are compared, and no piece of a value is told', () => {
    const seen = (text: string): FileSeen => ({
      ...{ path: '/p', isThere: true, isLink: false, mode: '0600', owner: null },
      ...{ text, sha256: text, fault: null },
    });
    const wanted = { id: 'x', kind: 'env', source: 'infra/x', mode: null } as const;
    const live = seen(`A="${pem}"\nB=x\\\n${piece}\nC=1\n`);
    const found = compare(wanted, { repo: seen('A=\nB=1\n'), live, applied: null });
    expect(found.change?.lines).toEqual(['-C']);
    expect(JSON.stringify(found)).not.toContain('planted');
  });
});
