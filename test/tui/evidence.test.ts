import { describe, expect, test } from 'vitest';
import { factsInWords } from '../../src/tui/evidence.ts';

describe('evidence', () => {
  test('says what a cluster told, and how often', () => {
    const reason = 'FailedScheduling';
    const events = [
      { reason, message: 'no node takes it', count: 3, at: '2026-02-18T09:00:00Z' },
      { reason: 'Pulled', message: 'the image is there', count: 1 },
      { reason: 'Odd' },
    ];
    expect(factsInWords({ found: true, events, pods: [{ name: 'a', why: 'b' }] })).toEqual([
      'FailedScheduling ×3: no node takes it',
      'Pulled: the image is there',
    ]);
  });

  test('says facts in words, and nothing that is said elsewhere', () => {
    const facts = {
      latencyMs: 12,
      status: 200,
      count: 14,
      unit: 'functions',
      usedMemoryBytes: 2_202_009,
      uptimeSeconds: 90_000,
      aofEnabled: true,
      minimumRuntimeSeconds: 20,
      lastExit: '1',
      badExit: 'exit 1',
      runs: 4,
      starts: 4,
      empty: '',
      absent: null,
    };
    expect(factsInWords(facts)).toEqual([
      'status 200',
      '14 functions',
      'used memory 2.1 MB',
      'uptime 1d',
      'aof enabled yes',
      'minimum runtime 20s',
      'last exit 1',
      'runs 4',
    ]);
  });

  test('leaves start times to the line that tells how long it is up', () => {
    const startedAt = '2026-02-18T08:59:52.000Z';
    const facts = { status: 200, startedAt, lastStartedAt: startedAt, starts: 3, restarts: 3 };
    expect(factsInWords(facts)).toEqual(['status 200', 'restarts 3']);
  });

  test('goes one level deep and lists what is plain', () => {
    const facts = { memory: { usedBytes: 1024, deeper: { no: 1 } }, names: ['a', 'b'], rows: [{}] };
    expect(factsInWords(facts)).toEqual(['memory used 1 KB', 'names a, b']);
  });

  test('a count that the answer does not hold is unknown', () => {
    expect(factsInWords({ count: null, unit: 'docs' })).toEqual(['count unknown']);
  });
});
