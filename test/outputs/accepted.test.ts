import { expect, it } from 'vitest';
import { type AcceptedServer, acceptedJson, acceptedText } from '../../src/outputs/accepted.ts';

const cron = { type: 'CRON', value: '0 * * * *' };
const event = { type: 'EVENT', value: 'a/b' };
const seen: AcceptedServer = {
  server: 'inngest',
  decidedBy: 'last-seen',
  registered: 12,
  forgotten: ['gone'],
  triggers: [{ name: 'f', was: [event, cron], is: [] }],
};

it('says what is accepted, server by server', () => {
  const listed: AcceptedServer = {
    ...seen,
    server: 'other',
    decidedBy: 'inventory',
    forgotten: [],
  };
  expect(acceptedText([seen, listed], false).split('\n')).toEqual([
    'inngest: the 12 functions that are registered are from now on what is expected',
    '  forgotten: gone',
    '  triggers of f: was cron 0 * * * *, a/b, is none',
    'other: the inventory decides which names are expected',
    '  triggers of f: was cron 0 * * * *, a/b, is none',
    '',
  ]);
});

it('says of a dry run what would be', () => {
  expect(acceptedText([seen], true)).toBe(
    'inngest: the 12 functions that are registered would be what is expected\n  forgotten: gone\n  triggers of f: was cron 0 * * * *, a/b, would be none\n',
  );
});

it('holds nothing in JSON that only the command needs', () => {
  expect(acceptedJson({ ...seen, check: 'x' } as AcceptedServer)).toEqual(seen);
});
