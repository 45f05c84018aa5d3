import { expect, it } from 'vitest';
import { FaultError } from '../../src/model/errors.ts';
import { faultOf } from '../../src/model/fault.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { ExecOutput } from '../../src/transports/contract.ts';
import { look, sshHost, verdictOf } from './look.ts';
import { said } from './strict-transports.ts';

const argv = ['/usr/bin/true', '--now'];

/** Where nothing is wanted of its output, it may say as much as it likes. */
const headFor = ({ stdout }: JsonObject) => (stdout === undefined ? { headOnly: true } : {});

const run = (answer: ExecOutput | Error, spec: JsonObject = {}) =>
  look({
    kind: 'command',
    spec: { argv, ...spec },
    calls: [{ verb: 'exec', request: { host: 'panda', argv, ...headFor(spec) }, answer }],
  });

it.each<[string, JsonObject, ExecOutput, string]>([
  ['exit 0', {}, said(''), 'up: exit 0'],
  ['exit 3', {}, said('', { exitCode: 3 }), 'down: exit 3'],
  [
    'exit 3 with words',
    {},
    said('', { exitCode: 3, stderr: 'one\nno disk\n' }),
    'down: exit 3: no disk',
  ],
  ['exit 3 that is wanted', { exitCode: 3 }, said('', { exitCode: 3 }), 'up: exit 3'],
  ['exit 0 where 3 is wanted', { exitCode: 3 }, said(''), 'down: exit 0'],
  ['a signal', {}, said('', { exitCode: null, signal: 'SIGKILL' }), 'down: ended by SIGKILL'],
  ['output as wanted', { stdout: '^ready$' }, said('not yet\nready\n'), 'up: exit 0'],
  [
    'other output',
    { stdout: '^ready$' },
    said('not ready\n'),
    'down: the output does not match /^ready$/',
  ],
  ['output as wanted and exit 1', { stdout: 'ok' }, said('ok', { exitCode: 1 }), 'down: exit 1'],
  [
    'words of a terminal',
    {},
    said('', { exitCode: 1, stderr: '\u001b[31mno\u001b[0m' }),
    'down: exit 1: no',
  ],
])('a command with %s', async (_title, spec, answer, expected) => {
  expect(verdictOf(await run(answer, spec))).toBe(expected);
});

it('a command that is not there is unknown: we could not look', async () => {
  const fault = faultOf('tool-missing', 'no /usr/bin/true', { hint: 'install it' });
  const result = await run(new FaultError(fault));
  expect(result.fault).toEqual(fault);
  expect(verdictOf(result)).toBe('unknown: no /usr/bin/true');
});

it('a command is run on the service’s host', async () => {
  const calls = [
    { verb: 'exec' as const, request: { host: 'nas', argv, headOnly: true }, answer: said('') },
  ];
  const result = await look({ kind: 'command', spec: { argv }, host: sshHost, calls });
  expect(result.verdict.state).toBe('up');
});
