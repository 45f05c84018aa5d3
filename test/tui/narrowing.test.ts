import { describe, expect, test } from 'vitest';
import { troubledLab } from '../frames/lab-store.ts';
import { openTestCockpit } from './open-test-cockpit.ts';

const { store } = await troubledLab();

describe('filtering', () => {
  test('works as one types, is kept by enter and cleared by the first esc', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('/', 'r', 'e', 'd', 'i');
    expect(cockpit.lines()[2]).toContain('Services 1 of 11 · /redi▏');
    expect(cockpit.under()).toContain('redis');
    cockpit.press('enter');
    expect(cockpit.lines()[2]).toContain('Services 1 of 11 · /redi ');
    cockpit.press('esc');
    expect(cockpit.lines()[2]).toContain('Services 11 ');
    cockpit.press('/', 'x', 'y', 'esc');
    expect(cockpit.lines()[2]).toContain('Services 11 ');
  });

  test('letters are letters while it is typed, and only ctrl-c quits', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('/', 'q', 'r', 'space', '?', 'backspace', 'ctrl-w', 'tab');
    expect(cockpit.lines()[2]).toContain('/▏');
    expect(cockpit.footer()).toContain('tab does nothing in a filter');
    expect(cockpit.intents).toEqual([]);
    cockpit.press('ctrl-c');
    expect(cockpit.intents).toEqual([{ type: 'quit' }]);
  });

  test('is kept for each tab, and an empty list says how to leave it', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('/', 'z', 'z', 'enter', '1');
    expect(cockpit.lines()[2]).toContain('Nodes 4');
    cockpit.press('-');
    expect(cockpit.line('nothing matches /zz')).toContain('esc clears it');
    cockpit.press('j');
    expect(cockpit.footer()).toContain('nothing is listed here');
    cockpit.press('enter');
    expect(cockpit.footer()).toContain('nothing is selected');
  });

  test('the cursor comes back to its row when the filter goes', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('G', '/', 'r', 'e', 'd', 'i', 'esc');
    expect(cockpit.under()).toContain('adr-sync');
  });

  test('pasted text is filtered by, never acted upon', () => {
    const cockpit = openTestCockpit(store);
    cockpit.paste('q\nq');
    expect(cockpit.intents).toEqual([]);
    expect(cockpit.footer()).toContain('press / first');
    cockpit.press('/');
    cockpit.paste('redi\u001b[31m');
    expect(cockpit.lines()[2]).toContain('1 of 11 · /redi▏');
  });
});

describe('problems only', () => {
  test('lists what is not well, and all again', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('!');
    expect(cockpit.lines()[2]).toContain('Services 3 of 11 · problems only');
    cockpit.press('!');
    expect(cockpit.lines()[2]).toContain('Services 11 ');
  });

  test('from a row that is well it starts at the worst', () => {
    const cockpit = openTestCockpit(store);
    cockpit.press('G', '!');
    expect(cockpit.under()).toContain('worker');
  });
});
