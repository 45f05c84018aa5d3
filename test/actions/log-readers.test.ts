import { describe, expect, it } from 'vitest';
import { type LogGround, logReader } from '../../src/actions/log-reader.ts';
import { FaultError } from '../../src/model/errors.ts';
import { faultOf } from '../../src/model/fault.ts';
import { cluster } from '../kinds/k8s/ask.ts';
import { localHost } from '../kinds/look.ts';
import { type Call, said, strictTransports } from '../kinds/strict-transports.ts';
import { faultOfCall, within } from '../support/calls.ts';

function groundOf(calls: readonly Call[]): LogGround {
  const { transports } = strictTransports(calls);
  return { transports, host: localHost, clusters: [cluster] };
}

const texts = ({ lines }: { readonly lines: readonly { readonly text: string }[] }) =>
  lines.map(({ text }) => text);
const wanted = { lines: 2, sinceMs: null };
const options = within(1000);

describe('a file', () => {
  const path = '/var/log/a.log';
  const tail = (after: object | null, maxBytes: number, answer: object, at = path): Call => ({
    verb: 'tailFile',
    request: { host: 'panda', path: at, after, maxBytes },
    answer: { skippedBytes: 0, wasReplaced: false, ...answer },
  });
  const place = (offset: number) => ({ id: '1', offset });

  it('has its half lines put together, and its carriage returns taken off', async () => {
    const reader = logReader(
      { kind: 'file', path },
      groundOf([
        tail(null, 65_536, { text: 'one\r\n', place: place(5) }),
        tail(place(5), 1_048_576, { text: 'tw', place: place(7) }),
        tail(place(7), 1_048_576, { text: 'o\nthree\n', place: place(15) }),
      ]),
    );
    expect(texts(await reader.first(wanted, options))).toEqual(['one']);
    expect(texts(await reader.next(options))).toEqual([]);
    expect(texts(await reader.next(options))).toEqual(['two', 'three']);
  });

  it('whose last line has no end shows it: at first, and when nothing more comes of it', async () => {
    const reader = logReader(
      { kind: 'file', path },
      groundOf([
        tail(null, 65_536, { text: 'one\ntwo', place: place(7) }),
        tail(place(7), 1_048_576, { text: '\nthree', place: place(13) }),
        tail(place(13), 1_048_576, { text: '', place: place(13) }),
        tail(place(13), 1_048_576, { text: 'four', place: place(17) }),
        tail(place(17), 1_048_576, { text: 'new\n', place: place(4), wasReplaced: true }),
      ]),
    );
    expect(texts(await reader.first(wanted, options))).toEqual(['one', 'two']);
    expect(texts(await reader.next(options))).toEqual([]);
    expect(texts(await reader.next(options))).toEqual(['three']);
    expect(texts(await reader.next(options))).toEqual([]);
    expect(texts(await reader.next(options))).toEqual(['four', 'new']);
  });

  it('is read further back until there are as many lines as are wanted', async () => {
    const reader = logReader(
      { kind: 'file', path },
      groundOf([
        tail(null, 65_536, { text: 'end of a long line\n', place: place(9), skippedBytes: 100 }),
        tail(null, 262_144, { text: 'cut\nlong\nlast\n', place: place(9), skippedBytes: 5 }),
      ]),
    );
    expect(texts(await reader.first({ lines: 2, sinceMs: null }, options))).toEqual([
      'long',
      'last',
    ]);
  });

  it('that was moved away is read to its end under its new name, and then the new one', async () => {
    const other = { id: 'another', offset: 4 };
    const first = tail(null, 65_536, { text: 'one\n', place: place(4) });
    const rotated = [tail(place(4), 1_048_576, { text: 'new\n', place: other, wasReplaced: true })];
    const late = tail(place(4), 1_048_576, { text: 'two\nthree', place: place(13) }, `${path}.1`);
    const found = logReader({ kind: 'file', path }, groundOf([first, ...rotated, late]));
    await found.first(wanted, options);
    expect(await found.next(options)).toMatchObject({
      lines: [{ text: 'two' }, { text: 'three' }, { text: 'new' }],
      notes: ['another file: read from its beginning'],
    });
    const strange = { text: 'old\n', place: other, wasReplaced: true };
    const gone = [
      tail(place(4), 1_048_576, strange, `${path}.1`),
      {
        ...tail(place(4), 1_048_576, {}, `${path}.0`),
        answer: new FaultError(faultOf('not-found', 'no such file')),
      },
    ];
    const lost = logReader({ kind: 'file', path }, groundOf([first, ...rotated, ...gone]));
    await lost.first(wanted, options);
    expect(await lost.next(options)).toMatchObject({
      lines: [{ text: 'new' }],
      notes: [expect.stringMatching(/^another file: .* may be missing$/)],
    });
  });

  it.each([
    ['lines', { lines: 100_000, sinceMs: null }, ['only its last 2 lines: 4 MiB are read at once']],
    ['a time before', { lines: 9, sinceMs: 0 }, ['only its last 2 lines: 4 MiB are read at once']],
    ['a time within', { lines: 9, sinceMs: Date.UTC(2026, 1, 18, 10) }, []],
  ])('that is larger than is read at once says so of %s', async (_what, wished, notes) => {
    const text = 'half\n2026-02-18T09:00:00Z a\n2026-02-18T11:00:00Z b\n';
    const reader = logReader(
      { kind: 'file', path },
      groundOf([tail(null, 4_194_304, { text, place: place(9), skippedBytes: 5 })]),
    );
    expect((await reader.first(wished, options)).notes).toEqual(notes);
  });

  it('that was rotated or outran us is told', async () => {
    const reader = logReader(
      { kind: 'file', path },
      groundOf([
        tail(null, 65_536, { text: 'half', place: place(4) }),
        tail(place(4), 1_048_576, { text: 'new\n', place: place(4), wasReplaced: true }),
        tail(place(4), 1_048_576, { text: 'cut\nwhole\n', place: place(900), skippedBytes: 886 }),
      ]),
    );
    await reader.first(wanted, options);
    const rotated = await reader.next(options);
    expect(rotated).toMatchObject({ lines: [{ text: 'new' }], notes: [/^it was cut: /] });
    const outrun = await reader.next(options);
    expect(texts(outrun)).toEqual(['whole']);
    expect(outrun.notes).toEqual(['886 bytes were not shown: more came than can be']);
  });
});

describe('a journal', () => {
  const source = { kind: 'journal', unit: 'a.service', user: false } as const;
  const ask = (more: readonly string[], answer: Call['answer']): Call => ({
    verb: 'exec',
    request: {
      host: 'panda',
      argv: ['journalctl', '-q', '--no-pager', '-o', 'json', '--all', '--unit=a.service', ...more],
      maxBytes: 4_194_304,
      headOnly: true,
    },
    answer,
  });
  const entry = (cursor: string, message: unknown) =>
    `${JSON.stringify({ __CURSOR: cursor, __REALTIME_TIMESTAMP: '1771405200123456', MESSAGE: message })}\n`;

  it('goes on after its cursor, also when nothing has come', async () => {
    const reader = logReader(
      source,
      groundOf([
        ask(['-r', '-n', '2'], said(entry('c2', [104, 105]) + entry('c1', 'one'))),
        ask(['--after-cursor=c2'], said('')),
        ask(['--after-cursor=c2'], said(entry('c3', 'three'))),
      ]),
    );
    const first = await reader.first(wanted, options);
    expect(first.lines).toMatchObject([
      { atMs: Date.UTC(2026, 1, 18, 9, 0, 0, 123), text: 'one' },
      { text: 'hi' },
    ]);
    expect(texts(await reader.next(options))).toEqual([]);
    expect(texts(await reader.next(options))).toEqual(['three']);
  });

  it('that is empty is asked for again from the same time on', async () => {
    const since = { lines: 2, sinceMs: Date.UTC(2026, 1, 18, 9) };
    const reader = logReader(
      source,
      groundOf([
        ask(['-r', '-n', '2', '--since=@1771405200'], said('')),
        ask(['--since=@1771405200'], said(entry('c1', null))),
        ask(['--after-cursor=c1'], said('{"__CURSOR": cut')),
      ]),
    );
    expect(texts(await reader.first(since, options))).toEqual([]);
    expect(texts(await reader.next(options))).toEqual(['']);
    expect(texts(await reader.next(options))).toEqual([]);
  });

  it('that says more than is read at once shows its newest lines, and says so', async () => {
    const newestFirst = `${entry('c3', 'three')}${entry('c2', 'two')}{"__CURSOR":"c1","MES`;
    const cut = said(newestFirst, { truncated: true, exitCode: null });
    const reader = logReader(
      source,
      groundOf([ask(['-r', '-n', '2'], cut), ask(['--after-cursor=c3'], said(''))]),
    );
    const news = await reader.first(wanted, options);
    expect(texts(news)).toEqual(['two', 'three']);
    expect(news.notes).toEqual(['only its last 2 lines: 4 MiB are read at once']);
    expect(texts(await reader.next(options))).toEqual([]);
  });

  it('that brings more than is read at once goes on behind it, and nothing is lost', async () => {
    const first = said(`${entry('c1', 'one')}${entry('c2', 'two')}{"__CUR`, {
      ...{ truncated: true, exitCode: null },
    });
    const reader = logReader(
      source,
      groundOf([
        ask(['-r', '-n', '2'], said(entry('a', 'x'))),
        ask(['--after-cursor=a'], first),
        ask(['--after-cursor=c2'], said(entry('c3', 'three'))),
      ]),
    );
    await reader.first(wanted, options);
    expect(texts(await reader.next(options))).toEqual(['one', 'two']);
    expect(texts(await reader.next(options))).toEqual(['three']);
  });

  it('of a user is asked of the user, and a refusal without words has its exit', async () => {
    const argv = ['journalctl', '-q', '--no-pager', '-o', 'json', '--all', '--user-unit=a.service'];
    const reader = logReader(
      { ...source, user: true },
      groundOf([
        {
          ...ask([], said('', { exitCode: 3 })),
          request: {
            host: 'panda',
            argv: [...argv, '-r', '-n', '2'],
            maxBytes: 4_194_304,
            headOnly: true,
          },
        },
      ]),
    );
    expect(await faultOfCall(reader.first(wanted, options))).toMatchObject({
      ...{ code: 'tool-missing', message: 'journalctl: exit 3', hint: 'run journalctl there' },
    });
  });

  it('that may not be read says who may', async () => {
    const stderr = 'No journal files were opened due to insufficient permissions.\n';
    const reader = logReader(
      source,
      groundOf([ask(['-r', '-n', '2'], said('', { exitCode: 1, stderr }))]),
    );
    expect(await faultOfCall(reader.first(wanted, options))).toMatchObject({
      code: 'forbidden',
      hint: 'a user reads it in group adm or systemd-journal',
    });
  });
});

describe("a pod's container", () => {
  const source = {
    ...({ kind: 'pod', cluster: 'joelclaw', namespace: 'joelclaw', pod: 'redis-0' } as const),
    ...{ container: 'redis', hasPrevious: true },
  };
  const ask = (more: object, answer: Call['answer']): Call => ({
    verb: 'podLog',
    request: {
      ...{ cluster: 'joelclaw', namespace: 'joelclaw', pod: 'redis-0', container: 'redis' },
      ...{ timestamps: true, previous: false, lines: 2, ...more },
    },
    answer,
  });
  const at = (fraction: string) => `2026-02-18T09:00:00.${fraction}Z`;

  it('begins with the run before, and repeats nothing of a second that it has read', async () => {
    const reader = logReader(
      source,
      groundOf([
        ask({ previous: true }, '2026-02-18T08:59:00Z fatal\n'),
        ask({}, `${at('1')} one\n${at('25')} two\n`),
        ask(
          { lines: null, since: '2026-02-18T09:00:00Z' },
          `${at('1')} one\n${at('25')} two\n${at('250000001')} three\n`,
        ),
      ]),
    );
    const first = await reader.first(wanted, options);
    expect(texts(first)).toEqual(['fatal', 'one', 'two']);
    expect(first.lines[2]?.atMs).toBe(Date.UTC(2026, 1, 18, 9, 0, 0, 250));
    expect(texts(await reader.next(options))).toEqual(['three']);
  });

  it('that was empty is read whole when something has come', async () => {
    const sinceMs = Date.UTC(2026, 1, 18, 9);
    const reader = logReader(
      { ...source, hasPrevious: false },
      groundOf([
        ask({ since: '2026-02-18T09:00:00.000Z' }, 'no time of its own\n'),
        ask({ lines: 1000 }, '2026-02-18T09:00:01Z one\n'),
      ]),
    );
    expect(texts(await reader.first({ lines: 2, sinceMs }, options))).toEqual([]);
    expect(texts(await reader.next(options))).toEqual(['one']);
  });

  it('of a cluster that is not declared is a fault', async () => {
    const reader = logReader({ ...source, cluster: 'other' }, groundOf([]));
    expect(await faultOfCall(reader.next(options))).toMatchObject({ message: 'no cluster other' });
  });

  it('is read where the run before is not kept', async () => {
    const gone = new FaultError(faultOf('protocol', 'not found'));
    const reader = logReader(
      source,
      groundOf([ask({ previous: true }, gone), ask({}, `${at('1')} one\n`)]),
    );
    expect(texts(await reader.first(wanted, options))).toEqual(['one']);
  });
});
