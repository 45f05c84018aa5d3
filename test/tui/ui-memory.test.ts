import { describe, expect, test } from 'vitest';
import { memoryOf, parseMemory } from '../../src/tui/ui-memory.ts';
import { openUi } from '../../src/tui/ui-state.ts';

const kept = memoryOf(openUi());

describe('what a cockpit remembers', () => {
  test('comes back from disk as it went there', () => {
    expect(parseMemory(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });

  test('of an older version is still of use: what it did not know is as it is at first', () => {
    const tab = { filter: 'panda', selected: 'panda/redis', problemsOnly: true };
    const tabs = { nodes: tab, services: tab, functions: tab, drift: tab };
    const older = parseMemory({ tab: 'services', times: 'utc', tabs });
    expect(openUi(older).tabs.services).toEqual({ ...openUi().tabs.services, ...tab });
    expect(openUi(older)).toMatchObject({ times: 'utc', lookedAt: null });
  });

  test.each([
    null,
    'text',
    [],
    {},
    { ...kept, tab: 'logs' },
    { ...kept, times: 'swatch' },
    { ...kept, lookedAt: 5 },
    { ...kept, lookedAt: 'yesterday' },
    { ...kept, tabs: { ...kept.tabs, nodes: { ...kept.tabs.nodes, sort: 1 } } },
    { ...kept, tabs: { ...kept.tabs, nodes: null } },
    { ...kept, tabs: { ...kept.tabs, drift: { filter: 1, selected: null, problemsOnly: false } } },
  ])('anything else (%#) is forgotten', (json) => {
    expect(parseMemory(json)).toBeUndefined();
  });
});
