import { describe, expect, test } from 'vitest';
import { memoryOf, parseMemory } from '../../src/tui/ui-memory.ts';
import { openUi } from '../../src/tui/ui-state.ts';

const kept = memoryOf(openUi());

describe('what a cockpit remembers', () => {
  test('comes back from disk as it went there', () => {
    expect(parseMemory(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });

  test.each([
    null,
    'text',
    [],
    {},
    { ...kept, tab: 'logs' },
    { ...kept, times: 'swatch' },
    { ...kept, tabs: { ...kept.tabs, nodes: null } },
    { ...kept, tabs: { ...kept.tabs, drift: { filter: 1, selected: null, problemsOnly: false } } },
  ])('anything else (%#) is forgotten', (json) => {
    expect(parseMemory(json)).toBeUndefined();
  });
});
