import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Found } from '../../../src/commands/init/found.ts';
import { inventoryText } from '../../../src/commands/init/inventory-text.ts';
import { knownPorts } from '../../../src/commands/init/known-ports.ts';
import { parsedOf } from '../../inventory/read.ts';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: names that a machine may bear
const nasty = [
  '',
  ' ',
  '-',
  '--help',
  ': x',
  '# c',
  '"',
  "'",
  '\\',
  '\n- name: evil',
  'a\r\nb',
  '\u2028x',
  '\u0085',
  '\u007f',
  '\ufeff',
  '\ud800',
  'null',
  'true',
  'no',
  '~',
  '0x1f',
  '1e3',
  '012',
  '2026-02-18',
  '{a: b}',
  '[x]',
  '*alias',
  '&a',
  '!tag',
  '%YAML',
  '@x',
  '`x`',
  '${HOME}',
  '${X:-}',
  '${X:-y}',
  '日本語',
  'a'.repeat(500),
  '\u001b[31m',
  '---',
  '...',
  '? x',
  '| x',
  '> x',
  'a: b',
  'a #b',
  '\t',
  '\0',
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above
const word = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.domain(),
);
const words = fc.array(word, { maxLength: 3 });
const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const list = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 4 });

const machine: fc.Arbitrary<Found> = fc.record({
  hostname: word,
  description: word,
  tailnetLabel: orNull(fc.string({ minLength: 1, maxLength: 9 })),
  aliases: list(
    fc.record({
      alias: word,
      also: words,
      hostname: orNull(word),
      user: orNull(word),
      port: orNull(fc.integer({ min: 1, max: 65_535 })),
      file: word,
    }),
  ),
  peers: list(fc.record({ label: word, ips: words, os: word, known: orNull(word) })),
  units: list(
    fc.record({
      kind: fc.constantFrom('launchd', 'systemd'),
      unit: word,
      user: fc.boolean(),
      description: word,
      file: word,
    }),
  ),
  cluster: orNull(
    fc.record({
      context: word,
      kubeconfig: word,
      others: words,
      uid: orNull(word),
      workloads: list(fc.record({ namespace: word, kind: word, name: word })),
    }),
  ),
  ports: fc
    .subarray([...knownPorts])
    .chain((known) =>
      fc.tuple(
        ...known.map((one) =>
          fc.record({ proved: fc.boolean(), remark: word }).map((more) => ({ ...one, ...more })),
        ),
      ),
    ),
  notLooked: words,
});

test('whatever a machine says, the text is a valid inventory and says the same of it', () => {
  fc.assert(
    fc.property(machine, (found) => {
      const { text, counts } = inventoryText(found, { date: '2026-02-18', schema: false });
      const { inventory, secrets } = parsedOf(text);
      const { hosts, clusters, services, inngest } = inventory;
      expect({
        hosts: hosts.length,
        clusters: clusters.length,
        services: services.length,
        inngest: inngest.length,
      }).toEqual({ ...counts, commented: undefined });
      expect(secrets).toEqual([]);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\ufeff]/);
      const aliases = new Set(found.aliases.map(({ alias }) => alias.toWellFormed()));
      const known = new Set(found.peers.map((peer) => (peer.known ?? '').toWellFormed()));
      for (const { ssh } of hosts) {
        if (ssh) expect(aliases.has(ssh.host) || known.has(ssh.host)).toBe(true);
      }
      const units = new Set(found.units.map(({ unit }) => unit.toWellFormed()));
      for (const { manager } of services) {
        if (manager.kind === 'launchd') expect(units).toContain(manager.label);
        if (manager.kind === 'systemd') expect(units).toContain(manager.unit);
      }
    }),
    { numRuns: 150 },
  );
}, 120_000);
