import { describe, expect, test } from 'vitest';
import { probeNames } from '../../src/audit/collect/probe-names.ts';
import { auditScript } from '../../src/audit/collect/script.ts';

describe('the names of the probes', () => {
  test('stand in the order in which the script asks, none twice', () => {
    const script = [
      'probe() { true; }',
      'second() {\n  file b /b\n  if x; then\n    probe a true\n  fi\n}',
      'first() {\n  probe c-d true\n  probe "keys-$user" true\n  probe a true\n}',
      'main() {\n  first\n  second "$@"\n}',
    ].join('\n');
    expect(probeNames(script)).toEqual(['c-d', 'a', 'b']);
  });

  test('are those of the audit', () => {
    const names = probeNames(auditScript);
    expect(names.length).toBeGreaterThan(40);
    expect(names).toEqual(expect.arrayContaining(['uname', 'listeners', 'crontab', 'space']));
    expect(names.indexOf('uname')).toBeLessThan(names.indexOf('listeners'));
    expect(names.indexOf('listeners')).toBeLessThan(names.indexOf('space'));
  });
});
