import { describe, expect, test } from 'vitest';
import type { Network } from '../../src/model/check.ts';
import { openCockpit } from '../../src/tui/cockpit.ts';
import { createWatchedStore } from '../../src/watch/store.ts';
import { labStartMs, openLab } from '../frames/lab-store.ts';
import { showLines } from '../support/terminal.ts';

const size = { columns: 100, rows: 30 };
const names = ['plain', '日本語サービス', 'e\u0301te\u0301', 'кириллица', '한국어', 'x'];

/** The lab's network, its services called otherwise. */
function renamed(): Network {
  const { network } = openLab('healthy');
  const services = network.inventory.services.map((service, index) => {
    const name = names[index] ?? service.name;
    return { ...service, name, id: `${service.host}/${name}` };
  });
  return { checks: [], inventory: { ...network.inventory, services } };
}

describe('wide characters', () => {
  test('keep the columns straight on a terminal', async () => {
    const store = createWatchedStore(renamed(), { nowMs: labStartMs, lastKnown: null });
    const cockpit = openCockpit({
      store,
      size,
      meta: { badge: null, timeZone: 'UTC' },
      theme: 'terminal',
      onIntent: () => {},
      onError: (error) => {
        throw error;
      },
    });
    const { raw } = await showLines(cockpit.frames.getState().lines, size);
    const columnOf = (row: number, letter: string): number =>
      Array.from({ length: size.columns }, (_, x) => x).findIndex(
        (x) => x > 4 && raw.buffer.active.getLine(row)?.getCell(x)?.getChars() === letter,
      );
    const host = columnOf(3, 'H');
    for (let row = 4; row < 4 + names.length; row++) {
      expect(raw.buffer.active.getLine(row)?.getCell(host)?.getChars()).toBe('p');
      expect(
        raw.buffer.active
          .getLine(row)
          ?.getCell(host - 1)
          ?.getChars()
          .trim(),
      ).toBe('');
    }
  });
});
