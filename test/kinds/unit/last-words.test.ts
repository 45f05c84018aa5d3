import { describe, expect, it } from 'vitest';
import { tellingLine } from '../../../src/kinds/unit/last-words.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { Result } from '../../../src/model/result.ts';
import type { ExecOutput } from '../../../src/transports/contract.ts';
import { serviceOf } from '../../model/made.ts';
import { type Look, previousOf } from '../look.ts';
import { type Call, said } from '../strict-transports.ts';
import { lookAt, recorded, show, withValues } from '../systemd/ask.ts';

const unit = 'crash.service';
const service = serviceOf('panda/x');

const journal = (answer: ExecOutput | Error, match = `_SYSTEMD_UNIT=${unit}`): Call => ({
  verb: 'exec',
  request: {
    host: 'panda',
    argv: ['journalctl', '-q', '--no-pager', '-o', 'cat', '-n', '40', match],
  },
  answer,
});

/** A recording as that of the unit, with other values. */
function lookOn(
  name: string,
  calls: readonly Call[],
  values: Readonly<Record<string, string>> = {},
  more: Partial<Look> = {},
): Promise<Result> {
  const text = withValues(recorded(name), { Id: unit, ...values });
  return lookAt({ unit }, [show([unit], said(text)), ...calls], { service, ...more });
}

const wordsOf = ({ facts }: Result): unknown => facts['lastWords'];

describe('what a unit has said last', () => {
  const words = { text: 'Error: no such module', from: 'journal' };
  const spoken = journal(said('starting\nError: no such module\n'));

  it('is asked of the journal of one that has failed or is restarted', async () => {
    expect(wordsOf(await lookOn('restart-due', [spoken]))).toEqual(words);
    expect(wordsOf(await lookOn('failed-exit', [spoken]))).toEqual(words);
  });

  it('is asked again after each restart, and kept while it only looks well', async () => {
    const failed = await lookOn('restart-due', [spoken]);
    const previous = previousOf(failed);
    const other = journal(said('fatal: another\n'));
    const again = await lookOn('restarted', [other], { NRestarts: '59' }, { previous });
    expect(wordsOf(again)).toMatchObject({ text: 'fatal: another' });
    const same = { NRestarts: '58' };
    const held = await lookOn('restarted', [], same, { previous });
    expect(held.fault).toBeNull();
    expect(wordsOf(held)).toEqual(words);
    const recovered = previousOf(held, 'up');
    expect(wordsOf(await lookOn('restarted', [], same, { previous: recovered }))).toBeNull();
  });

  it('is not asked of one that is well, nor of what is no service of the inventory', async () => {
    const { facts } = await lookAt({ unit: 'works.service' }, [
      show(['works.service'], said(recorded('running'))),
    ]);
    expect(facts['lastWords']).toBeNull();
  });

  it.each<[string, ExecOutput | Error]>([
    ['nothing', said('')],
    ['blanks', said('\n \n')],
    ['no journalctl', new FaultError(faultOf('tool-missing', 'journalctl is not installed'))],
    ['no answer in time', new FaultError(faultOf('timeout', 'journalctl did not end'))],
  ])('is not known of %s, which makes the unit no worse', async (_title, answer) => {
    const told = await lookOn('restart-due', [spoken]);
    const untold = await lookOn('restart-due', [journal(answer)]);
    expect(wordsOf(untold)).toBeNull();
    expect(untold.verdict).toEqual(told.verdict);
  });

  it('holds no secret that is known or looks like one', async () => {
    const line =
      'Error: login failed at redis://joel:hunter2-3@here with API_TOKEN=abc by s3cr3t-value\n';
    const spoken = journal(said(line));
    const result = await lookOn(
      'restart-due',
      [spoken],
      {},
      { secrets: ['s3cr3t-value', 'hunter2-3'] },
    );
    expect(JSON.stringify(result)).not.toMatch(/hunter2|abc|s3cr3t/);
    expect(wordsOf(result)).toMatchObject({
      text: expect.stringMatching(/^Error: login failed at/),
    });
  });
});

describe('the line that tells most', () => {
  it.each([
    ['a\nb\n', 'b'],
    ['Error: first\nlistening\n', 'Error: first'],
    [
      "node:internal/modules\n  throw err;\n  ^\n\nError: Cannot find module 'x'\n    at resolve (node:1:2)\n  code: 'MODULE_NOT_FOUND'\n}\n\nNode.js v24.1.0\n",
      "Error: Cannot find module 'x'",
    ],
    ['2026-02-18T09:00:00Z ERROR boom\nbye\n', '2026-02-18T09:00:00Z ERROR boom'],
    ['listen: EADDRINUSE 3111\nshutting down\n', 'listen: EADDRINUSE 3111'],
    ['TypeError: x is not a function\nError: again\n', 'Error: again'],
    ['  \n\n', null],
    [`${'x'.repeat(400)}\n`, 'x'.repeat(300)],
  ])('of %j is %j', (text, line) => {
    expect(tellingLine(text)).toBe(line);
  });
});
