import { describe, expect, it } from 'vitest';
import { runSteps } from '../../../src/actions/run-steps.ts';
import { isDisabled } from '../../../src/kinds/launchd/ask.ts';
import { loading, unloading } from '../../../src/kinds/launchd/launchctl-steps.ts';
import { plistKeys } from '../../../src/kinds/launchd/plist-keys.ts';
import { tellingLine } from '../../../src/kinds/unit/last-words.ts';
import { timeInLine } from '../../../src/model/log-line.ts';
import type { ExecStep } from '../../../src/model/plan.ts';
import type { ExecOutput } from '../../../src/transports/contract.ts';
import { localHost, verdictOf } from '../look.ts';
import { said, strictTransports } from '../strict-transports.ts';
import { disabledOf, label, lookAt, notThere, plists, print, recorded } from './ask.ts';

const lists = [
  '12-issue-launchctl-list-plain.txt',
  '13-issue-launchctl-list-label-dict.txt',
  '14-issue-list-with-failures-via-lunchy.txt',
];
const logs = ['17-issue-launchd-log-spawn-sequence.txt', '23-doc-throttle-log-line.txt'];

describe('what is no answer of launchctl print', () => {
  it.each([...lists, ...logs])('concludes nothing: %s', async (name) => {
    const text = recorded(name);
    const result = await lookAt([print('gui/501', said(text))]);
    expect(verdictOf(result)).toBe('unknown: launchctl print names no state');
    expect(result.fault).toMatchObject({ code: 'protocol', side: 'prober' });
    expect([isDisabled(text, label), plistKeys(text)]).toEqual([null, null]);
  });
});

describe('a line of launchd’s own log', () => {
  it('tells when it was written where it has a whole date, and is guessed nowhere else', () => {
    const [, first = ''] = recorded('17-issue-launchd-log-spawn-sequence.txt').split('\n');
    expect(timeInLine(first)).toBe(Date.parse('2021-12-03T14:56:43.145Z'));
    const others = recorded('23-doc-throttle-log-line.txt').trimEnd().split('\n');
    expect(others.map(timeInLine)).toEqual([null, null, null]);
  });

  it('is the last one where none says what is wrong', () => {
    expect(tellingLine(recorded('23-doc-throttle-log-line.txt'))).toMatch(/signal: Killed: 9$/);
    expect(tellingLine(recorded('17-issue-launchd-log-spawn-sequence.txt'))).toMatch(/spawning$/);
  });
});

/** Runs steps of launchctl, each of which is answered in turn. */
async function run(steps: readonly ExecStep[], answers: readonly ExecOutput[]) {
  const argvs = steps.flatMap(({ argv, retry }) => Array(retry ? 99 : 1).fill(argv));
  let last = -1;
  const { transports } = strictTransports([]);
  const exec = async ({ argv }: { readonly argv: readonly string[] }): Promise<ExecOutput> => {
    last++;
    expect(argvs).toContain(argv);
    const answer = answers[last];
    if (!answer) throw new Error(`asked once more: ${argv.join(' ')}`);
    return answer;
  };
  const results = await runSteps(steps, {
    transports: { ...transports, exec },
    host: localHost,
    clusters: [],
    inngest: [],
    onStep: () => undefined,
  });
  expect(last + 1).toBe(answers.length);
  return results;
}

describe('a plist that is not loaded', () => {
  it.each([
    ['20-issue-brew-services-bootstrap-failed-5.txt', 'Bootstrap failed: 5: Input/output error'],
    ['21-issue-load-failed-5.txt', 'Load failed: 5: Input/output error'],
  ])(
    'is tried again, and its own words are told and not the advice to be root: %s',
    async (name, words) => {
      const lines = recorded(name).split('\n');
      const from = lines.indexOf(words);
      const failed = said('', {
        exitCode: 5,
        stderr: `${lines.slice(from, from + 2).join('\n')}\n`,
      });
      expect(failed.stderr).toContain('as root for richer errors');
      const step = loading('load', 'gui/501', '/Users/joel/Library/LaunchAgents/x.plist');
      const [result] = await run([step], Array<ExecOutput>(6).fill(failed));
      expect(result).toMatchObject({ state: 'failed', exitCode: 5, said: words, denied: false });
    },
  );

  it('as the domain says of a label is unknown', async () => {
    const [, stderr = ''] = recorded('20-issue-brew-services-bootstrap-failed-5.txt').split('\n');
    const refused = print('gui/501', said('', { exitCode: 5, stderr }));
    const others = [notThere('user/501'), notThere('system'), ...plists(), disabledOf('gui/501')];
    expect(verdictOf(await lookAt([refused, ...others]))).toBe(
      'unknown: launchctl print gui/501: exit 5: Bootstrap failed: 5: Input/output error',
    );
  });
});

it('what is booted out is waited for until it is gone', async () => {
  const transcript = recorded('22-doc-bootout-is-async-transcript.txt');
  const exits = [...transcript.matchAll(/launchctl.*-> rc=(\d+)/g)].map(([, code]) => Number(code));
  expect(exits).toEqual([0, 0, 113]);
  const answers = exits.map((exitCode) => said('', { exitCode }));
  const results = await run(unloading(`gui/501/${label}`), answers);
  expect(results.map(({ state, exitCode }) => [state, exitCode])).toEqual([
    ['done', 0],
    ['done', 113],
  ]);
});
