import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { factsInWords } from '../../src/tui/evidence.ts';

const bun = { pid: 812, name: 'bun' };
const held = { port: 3111, listening: true, holders: [bun], isOwn: true };

describe('what stands around a unit, in words', () => {
  it.each<[JsonObject, readonly string[]]>([
    [{ portHolder: held }, ['port 3111 held by bun (pid 812)']],
    [
      { portHolder: { ...held, isOwn: false } },
      ['port 3111 held by bun (pid 812), not of this unit'],
    ],
    [{ portHolder: { ...held, holders: [] } }, ['port 3111 held, by whom is hidden']],
    [{ portHolder: { ...held, listening: false, holders: [] } }, ['port 3111 held by nobody']],
    [
      { portHolder: { ...held, listening: null, holders: [] } },
      ['port 3111 held by nobody who can be seen'],
    ],
    [{ portHolder: null }, []],
    [{ survivesReboot: true, rebootWhy: null }, ['survives a reboot: yes']],
    [{ survivesReboot: false, rebootWhy: 'not enabled' }, ['survives a reboot: no, not enabled']],
    [{ survivesReboot: null, rebootWhy: 'an alias' }, ['survives a reboot: unknown, an alias']],
    [{ survivesReboot: null, rebootWhy: null }, []],
    [
      { log: { path: '/Users/joel/Library/Logs/w.log', sizeBytes: 12 * 1024 ** 2, ageSeconds: 3 } },
      ['log ~/…/w.log 12 MB, written 3 s ago'],
    ],
    [
      { log: { path: '/var/w.log', sizeBytes: 5, ageSeconds: 7200 } },
      ['log /var/w.log 5 B, written 2 h ago'],
    ],
    [{ runningSeconds: 8, startedAtMs: 1, seenAtMs: null, waitedSeconds: 3 }, ['up for 8 s']],
    [
      { timer: { nextAt: '2026-02-18T10:00:00Z', lastAt: null, triggers: 'a.service' } },
      ['starts a.service', 'next 2026-02-18T10:00:00Z'],
    ],
    [{ timer: null, aroundAtMs: 1, aroundPid: 2, limitSeconds: 90 }, []],
    [{ disabledAtMs: 1_771_405_200_026, turn: 3, seenAtMs: 1_771_405_200_026 }, []],
  ])('%j', (facts, words) => {
    expect(factsInWords(facts)).toEqual(words);
  });
});
