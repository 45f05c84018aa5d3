import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemd } from '../../../src/kinds/systemd/index.ts';
import { fullNameOf } from '../../../src/kinds/systemd/unit-name.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { classOf, type State } from '../../../src/model/state.ts';
import { localHost } from '../look.ts';
import { said, strictTransports } from '../strict-transports.ts';
import { recorded } from './ask.ts';

const folder = new URL('../../fixtures/systemctl/', import.meta.url);
const texts = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => recorded(name.replace('.txt', '')));

/** What the kind makes of the text for the unit that it is of; null for a fault. */
async function stateOf(stdout: string, unit: string): Promise<State | null> {
  const { transports } = strictTransports([]);
  const context = {
    host: localHost,
    service: null,
    cluster: null,
    transports: { ...transports, exec: async () => said(stdout) },
    options: { timeoutMs: 5000, signal: new AbortController().signal },
    previous: null,
  };
  const spec = { unit, user: false };
  try {
    return systemd.judge(await systemd.observe(spec, context), null, spec).state;
  } catch (error) {
    if (error instanceof FaultError) return null;
    throw error;
  }
}

function unitOf(text: string): string {
  return fullNameOf(/^Id=(.*)$/m.exec(text)?.[1] ?? 'x');
}

const isGood = (state: State | null): boolean => state !== null && classOf(state) === 'good';

describe('what systemctl show does not say whole', () => {
  it('is never well, nor down', async () => {
    const cut = fc
      .constantFrom(...texts)
      .chain((text) =>
        fc
          .nat(text.length - 1)
          .map((end) => ({ unit: unitOf(text), cut: text.slice(0, end), text })),
      );
    await fc.assert(
      fc.asyncProperty(cut, async ({ unit, cut, text }) => {
        const state = await stateOf(cut, unit);
        expect(isGood(state)).toBe(false);
        // A timer's own block may be whole: what it says is true then.
        if (!text.includes('\n\n')) expect(state).toBe('unknown');
      }),
      { numRuns: 1000 },
    );
  });

  it('is never up for a state or a word that nobody knows', async () => {
    const word = fc.stringMatching(/^[a-z-]{1,12}$/);
    const changed = fc.record({
      text: fc.constantFrom(...texts),
      key: fc.constantFrom('LoadState', 'ActiveState', 'SubState'),
      word,
    });
    const known =
      /^(?:loaded|active|running|waiting|listening|mounted|exited|plugged|dead|inactive|start|start-pre|start-post|condition|reload)$/;
    await fc.assert(
      fc.asyncProperty(changed, async ({ text, key, word }) => {
        fc.pre(!known.test(word));
        const other = text.replace(new RegExp(`^${key}=.*$`, 'm'), `${key}=${word}`);
        expect(isGood(await stateOf(other, unitOf(text)))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('is never well for lines that are no answer at all', async () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'ActiveState=active',
        'SubState=running',
        'LoadState=loaded',
        'Id=x.service',
        '',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line), async (lines) => {
        expect(isGood(await stateOf(`${lines.join('\n')}\n`, 'x.service'))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('is not known where it is told twice, differently', async () => {
    const text = recorded('running').replace('SubState=running', 'SubState=running\nSubState=dead');
    expect(await stateOf(text, 'works.service')).toBe('unknown');
  });
});
