import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintEnv } from '../../src/kinds/file/lint/lint-env.ts';
import { scriptFaults, shellOf, syntaxFault } from '../../src/kinds/file/lint/lint-script.ts';
import { lintManifests } from '../../src/kinds/k8s/lint/lint-manifests.ts';
import { lintPlist } from '../../src/kinds/launchd/lint/lint-plist.ts';
import { lintUnit } from '../../src/kinds/systemd/lint/lint-unit.ts';
import type { TextFault } from '../../src/model/text-fault.ts';

const lints: Readonly<Record<string, (text: string) => readonly TextFault[]>> = {
  'k8s/inngest.yaml': (text) =>
    [...lintManifests([{ file: 'a.yaml', text }]).faults.values()].flat(),
  'infra/launchd/com.joel.caddy.plist': (text) => lintPlist({ fileName: 'a.plist', text }).faults,
  'infra/systemd/pdf-brain.service': (text) => lintUnit({ fileName: 'a.service', text }),
  'infra/env/worker.env.example': lintEnv,
  'infra/worker/start.sh': (text) => {
    shellOf(text);
    return [...scriptFaults(text), syntaxFault(text, 'a.sh')];
  },
};
const shipped = (name: string): string =>
  readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

/** A text that is the good one no more: cut off, cut out, or with something put in. */
const spoilt = (good: string) => {
  const at = fc.nat(good.length);
  const odd = fc.constantFrom(
    '\0',
    '<',
    '&x;',
    '{',
    ']',
    '---\n',
    '*a',
    '<key>',
    '\uFEFF',
    '\r',
    '\\\n',
    '__proto__',
    '<!--',
  );
  return fc.oneof(
    at.map((end) => good.slice(0, end)),
    fc
      .tuple(at, fc.nat(80))
      .map(([from, length]) => good.slice(0, from) + good.slice(from + length)),
    fc
      .tuple(at, fc.oneof(odd, fc.string()))
      .map(([place, more]) => good.slice(0, place) + more + good.slice(place)),
    fc.string({ maxLength: 200 }),
  );
};

describe.each(Object.entries(lints))('whatever stands in %s', (name, lint) => {
  it('is told in faults with a place within it and words, or is well', () => {
    const good = shipped(name);
    fc.assert(
      fc.property(spoilt(good), (text) => {
        const lines = text.split(/\r\n|\r|\n/).length;
        for (const { line, column, message, hint } of lint(text)) {
          expect(line).toBeGreaterThanOrEqual(1);
          if (name !== 'infra/worker/start.sh') expect(line).toBeLessThanOrEqual(lines + 1);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(message.length * hint.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 200 },
    );
  });
});

it('a plist of thousands of levels is told to be too deep', () => {
  const text = `<plist>${'<dict><key>a</key>'.repeat(5000)}<true/>${'</dict>'.repeat(5000)}</plist>`;
  const { faults } = lintPlist({ fileName: 'a.plist', text });
  expect(faults.map(({ message }) => message)).toContain('is nested too deeply');
});
