import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { envelope, failureEnvelope } from '../../src/outputs/envelope.ts';
import { reportJson } from '../../src/outputs/report-json.ts';
import { labReport } from './lab-report.ts';

const head = { command: 'joelclaw status', at: '2026-02-18T09:00:00.000Z', durationMs: 412 };

describe('an envelope', () => {
  it('is one line with the contract’s keys in its order', () => {
    const text = envelope(head, { schema: 'joelclaw.status/v1', ok: true, result: { a: 1 } });
    expect(text).toBe(
      '{"schema":"joelclaw.status/v1","ok":true,"command":"joelclaw status","at":"2026-02-18T09:00:00.000Z","durationMs":412,"result":{"a":1},"next_actions":[]}\n',
    );
  });

  it('says where the sample came from when that is known', () => {
    const nextActions = [{ command: 'joelclaw doctor', description: 'look' }];
    const answer = { schema: 's', ok: false, source: 'probe', result: null, nextActions } as const;
    const parsed = JSON.parse(envelope(head, answer)) as object;
    expect(Object.keys(parsed)).toEqual(
      'schema ok command at durationMs source result next_actions'.split(' '),
    );
    expect(parsed).toMatchObject({ source: 'probe', next_actions: nextActions });
  });

  it('stays one line whatever it holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (result) => {
        const text = envelope(head, { schema: 's', ok: true, result });
        expect(text.indexOf('\n')).toBe(text.length - 1);
        const parsed = JSON.parse(text) as { readonly result: unknown };
        expect(JSON.stringify(parsed.result)).toBe(JSON.stringify(result));
      }),
    );
  });

  it('of the same state is the same bytes', async () => {
    const told = async (): Promise<string> =>
      envelope(head, {
        schema: 's',
        ok: true,
        result: reportJson(await labReport('everything-down')),
      });
    expect(await told()).toBe(await told());
  });
});

describe('a failure’s envelope', () => {
  const failure = {
    code: 'INVENTORY_INVALID',
    message: 'inventory.yaml:1:1: is empty',
    fix: 'write one',
  };

  it('has no result, says what went wrong and what to do', () => {
    const parsed = JSON.parse(failureEnvelope(head, failure)) as object;
    expect(Object.keys(parsed)).toEqual(
      'schema ok command at durationMs result error fix next_actions'.split(' '),
    );
    expect(parsed).toMatchObject({
      ok: false,
      result: null,
      error: { code: 'INVENTORY_INVALID', message: 'inventory.yaml:1:1: is empty' },
      fix: 'write one',
    });
  });

  it('holds the faults of an inventory one by one', () => {
    const at = { file: 'inventory.yaml', line: 1, column: 1, path: '' };
    const faults = [{ ...at, message: 'is empty', hint: 'write one' }];
    const parsed = JSON.parse(failureEnvelope(head, { ...failure, faults })) as {
      readonly error: { readonly faults: readonly object[] };
    };
    expect(parsed.error.faults).toEqual(faults);
    expect(Object.keys(parsed.error)).toEqual(['code', 'message', 'faults']);
  });

  it('has no faults where there are none', () => {
    const parsed = JSON.parse(failureEnvelope(head, failure)) as { readonly error: object };
    expect(Object.keys(parsed.error)).toEqual(['code', 'message']);
  });
});
