import { describe, expect, it } from 'vitest';
import { type FlagName, flags } from '../../src/commands/flags.ts';
import { verbs } from '../../src/commands/index.ts';
import { readOptions } from '../../src/commands/options.ts';
import { refuseFlags, verbsOf } from '../../src/commands/refuse-flags.ts';
import { themeNames } from '../../src/tui/themes.ts';

describe('a flag', () => {
  const names = Object.keys(flags) as FlagName[];

  it.each(names.filter((name) => verbsOf(name) !== null))(
    '--%s is for verbs that there are',
    (name) => {
      const known = ['', ...verbs.map((verb) => verb.name)];
      expect(verbsOf(name)?.filter((one) => !known.includes(one))).toEqual([]);
    },
  );

  it('of the cockpit’s theme takes every theme that there is', () => {
    expect(flags.theme.values).toEqual(themeNames);
    expect(flags.theme.summary).toContain(themeNames.join(', '));
  });

  it.each([
    [['status', '--json', '--fresh', '--exit-code', '--timeout', '5s', '--read-only']],
    [['schema', '--no-color', '--plain', '--theme', 'dark', '--dry-run', '--root', '.']],
    [['restart', 'redis', '-y', '--force', '--dry-run']],
    [['logs', 'redis', '-f', '-n', '5', '--since', '10m', '--grep', 'x']],
    [['history', '--actions', '-n', '5']],
    [['nodes', '--lab=healthy']],
  ])('that fits is taken: %j', (args) => {
    const options = readOptions(args);
    expect(() => refuseFlags(options, args[0] ?? null)).not.toThrow();
  });
});

describe('a value that is missing', () => {
  it.each([
    [['logs', 'a', '-n', '-3'], '-n wants a value that begins with no dash', '--lines N'],
    [['logs', 'a', '-n'], '--lines wants a value', '--lines N'],
    [['status', '--json=x'], '--json takes no value', '--json'],
  ])('is told in our words: %j', (args, message, hint) => {
    expect(() => readOptions(args)).toThrow(expect.objectContaining({ message, hint }));
  });
});
