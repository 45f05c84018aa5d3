import { expect, it } from 'vitest';
import { doctorPage } from '../../src/outputs/doctor-page.ts';

const page = (color: boolean): string =>
  doctorPage(
    [
      { id: 'a', title: 'Node', state: 'ok', note: '24', fix: '' },
      { id: 'b', title: 'nas: host key', state: 'missing', note: 'none', fix: 'first\nthen' },
      { id: 'c', title: 'x', state: 'not-needed', note: '', fix: '' },
      { id: 'd', title: 'y', state: 'warning', note: 'hm', fix: 'mend it' },
    ],
    color,
  );

it('has a row an item, its steps below it, and counts', () => {
  expect(page(false)).toBe(`  WHAT           STATE       NOTE
● Node           ok          24
✕ nas: host key  missing     none
    → first
    → then
– x              not needed
▲ y              warning     hm
    → mend it

1 missing, 1 warning, 1 ok, 1 not needed
`);
});

it('paints the sign alone', () => {
  expect(page(true)).toContain('\u001b[31m✕\u001b[0m nas: host key  missing');
});
