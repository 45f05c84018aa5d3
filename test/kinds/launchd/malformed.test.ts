import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { launchd } from '../../../src/kinds/launchd/index.ts';
import { plistKeys } from '../../../src/kinds/launchd/plist-keys.ts';
import { readFields } from '../../../src/kinds/launchd/read-fields.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { State } from '../../../src/model/state.ts';
import { localHost, verdictOf } from '../look.ts';
import { said, strictTransports } from '../strict-transports.ts';
import { label, lookAt, print, printed, recorded } from './ask.ts';

const folder = new URL('../../fixtures/launchctl/', import.meta.url);
const texts = readdirSync(folder)
  .filter((name) => /^\d+\w?-.*print-/.test(name))
  .map(recorded);

/** What the kind makes of the text, whatever else it asks; null for a fault. Anything else is thrown. */
async function stateOf(stdout: string): Promise<State | null> {
  const { transports } = strictTransports([], { platform: 'darwin' });
  const missing = new FaultError(faultOf('not-found', 'gone'));
  const answering = {
    ...transports,
    exec: async () => said(stdout),
    readFile: () => Promise.reject(missing),
  };
  const options = { timeoutMs: 5000, signal: new AbortController().signal };
  const context = {
    host: localHost,
    service: null,
    cluster: null,
    transports: answering,
    options,
    previous: null,
  };
  try {
    const facts = await launchd.observe({ label }, context);
    return launchd.judge(facts, null, { label }).state;
  } catch (error) {
    if (error instanceof FaultError) return null;
    throw error;
  }
}

describe('what launchctl print does not say whole', () => {
  it('is never up', async () => {
    const cut = fc
      .constantFrom(...texts)
      .chain((text) => fc.nat(text.trimEnd().length - 1).map((end) => text.slice(0, end)));
    await fc.assert(
      fc.asyncProperty(cut, async (text) => {
        expect(await stateOf(text)).not.toBe('up');
      }),
      { numRuns: 500 },
    );
  });

  it('is never up for what is no print at all, and brings nothing but a fault', async () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '\tstate = running',
        '\tpid = 7',
        'x = {',
        '\targuments = {',
        '\t}',
        '\t\tpid = 9',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line), async (lines) => {
        const text = [...lines, 'the end'].join('\n');
        expect(await stateOf(text)).not.toBe('up');
      }),
      { numRuns: 500 },
    );
  });

  it('is never up with lines lost, unless those left say so', async () => {
    const thinned = fc.constantFrom(...texts).chain((text) => {
      const lines = text.split('\n');
      return fc.subarray(lines).map((left) => left.join('\n'));
    });
    await fc.assert(
      fc.asyncProperty(thinned, async (text) => {
        if ((await stateOf(text)) !== 'up') return;
        expect(text).toMatch(/^\s+state = running$/m);
        expect(text).toMatch(/^\s+pid = \d+$/m);
      }),
      { numRuns: 500 },
    );
  });

  it('that names no state is unknown', async () => {
    const result = await lookAt([print('gui/501', said(printed(['runs = 1'])))]);
    expect(verdictOf(result)).toBe('unknown: launchctl print names no state');
  });

  it('is read in a time that grows with its length', () => {
    const beforeMs = performance.now();
    readFields(`x = {\n${'\tx = {\n'.repeat(100_000)}`);
    readFields(`x = {\n${'\tx = {\n\tstate = running\n'.repeat(50_000)}`);
    plistKeys(`<plist>${'<dict><key>a</key>'.repeat(50_000)}`);
    plistKeys(`<plist><dict>${'<!--'.repeat(100_000)}`);
    plistKeys(`<plist><dict>${'<key '.repeat(100_000)}`);
    plistKeys(' '.repeat(500_000));
    expect(performance.now() - beforeMs).toBeLessThan(2000);
  });
});

describe('raw text of a job', () => {
  const secret = 'sk-live-0123456789';
  const text = printed([
    'state = not running',
    'arguments = {',
    '\t/bin/sh',
    `\techo ${secret}\npid = 99\n}\n state = running`,
    '}',
    'environment = {',
    `\tTOKEN => ${secret}\nstate = running\n\tpid = 99`,
    '\tTWO => state = running',
    '}',
    'runs = 4',
    'last exit code = 0',
    'resource coalition = {',
    '\tstate = active',
    '\tpid = 98',
    '}',
  ]);

  it('is taken for no field', async () => {
    const result = await lookAt([print('gui/501', said(text))]);
    expect(result.facts).toMatchObject({ state: 'not running', pid: null, runs: 4 });
    expect(verdictOf(result)).toBe('idle: one-shot, last exit 0');
  });

  it('is kept nowhere', async () => {
    const result = await lookAt([print('gui/501', said(text))]);
    expect(JSON.stringify(result)).not.toContain(secret);
    expect(JSON.stringify([...readFields(text).blocks])).not.toContain(secret);
  });

  it('of a block that is never closed ends where fields go on', () => {
    const { fields } = readFields(
      printed([
        'state = running',
        'LWCR = {',
        '\t"reqs" => {',
        'runs = 2',
        'pid = 7',
        'x = {',
        '}',
      ]),
    );
    expect([fields.get('runs'), fields.get('pid')]).toEqual(['2', '7']);
  });
});
