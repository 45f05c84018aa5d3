import { expect, it } from 'vitest';
import { appendEnv, createEnv } from '../../../src/actions/infra/plan-env.ts';

it.each([
  ['A=1\n', 'A=1\n', []],
  [
    '# remark\nA=\nexport B=\nC=""\nD= # later\nE=1\n',
    '# remark\n# wants a value: A=\n# wants a value: export B=\n# wants a value: C=""\n# wants a value: D= # later\nE=1\n',
    ['A', 'B', 'C', 'D'],
  ],
  ['', '', []],
])('an environment is made of %j', (example, text, wantsValue) => {
  expect(createEnv(example)).toEqual({ text, wantsValue });
});

it.each<[string, string, string | null, readonly string[]]>([
  ['A=1\nB=2\n', 'A=9\n', 'A=9\nB=2\n', []],
  ['A=1\nB=2\n', 'A=9', 'A=9\nB=2\n', []],
  ['A=1\nB=\n', 'A=9\n', null, ['B']],
  ['A=1\nB=\n', '# A=9\n', '# A=9\nA=1\n', ['B']],
  ['A=1\n', 'export A=9\nA=8\n', null, []],
  ['A=1\n', '', 'A=1\n', []],
  ['A=1\nA=2\n', 'B=1\n', 'B=1\nA=1\nA=2\n', []],
])('%j is put to the end of %j', (example, live, text, wantsValue) => {
  expect(appendEnv(example, live)).toEqual({ text, wantsValue });
  if (text !== null) expect(text.startsWith(live)).toBe(true);
});
