import { describe, expect, it } from 'vitest';
import { firstLabel, sameMachine } from '../../src/model/same-machine.ts';

describe('One machine', () => {
  it.each([
    ['panda', 'panda'],
    ['panda', 'Panda.local'],
    ['panda.tail1234.ts.net', 'PANDA'],
    ['10.0.0.5', '10.0.0.5'],
  ])('is %s and %s', (a, b) => {
    expect(sameMachine(a, b)).toBe(true);
  });

  it.each([
    ['panda', 'panda-2'],
    ['10.0.0.5', '10.0.0.6'],
    ['fd7a::1', 'fd7a::2'],
  ])('is not %s and %s', (a, b) => {
    expect(sameMachine(a, b)).toBe(false);
  });

  it('keeps its capitals in its name', () => {
    expect(firstLabel('Joels-Mac.local')).toBe('Joels-Mac');
  });
});
