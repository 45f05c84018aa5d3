import { expect, test } from 'vitest';
import { secretsIn } from '../../src/commands/secrets-in.ts';

test('values of a .env are secrets, but for what anybody knows', () => {
  const secrets = {
    TOKEN: 'mysecretvalue42',
    KEY: 'a b c d e f',
    HOOK: 'https://hooks.slack.com/services/T0/B0/xyz',
    LETTERS: 'QwErTyUiOpAsDfGhJk',
    DIGITS: '8675309867',
    SLASH: '/9j4AAQSkZJRgABAQEA',
  };
  const known = {
    MODE: 'production',
    ZONE: 'Asia/Kolkata',
    LEVEL: 'CRITICAL',
    DIR: '/var/lib/thing',
    HOME: '~/something',
    PORT: '127.0.0.1:8288',
    URL: 'http://localhost:8288/x',
    SHORT: 'abc12',
    NONE: undefined,
  };
  const found = secretsIn({ ...secrets, ...known });
  expect(found).toEqual(expect.arrayContaining(Object.values(secrets)));
  for (const value of Object.values(known)) expect(found).not.toContain(value);
});

test('each line of a value is one, as what is told is told line by line', () => {
  expect(secretsIn({ KEY: 'of several\nmysecretvalue42\n' })).toContain('mysecretvalue42');
});

test('a value is a secret as it stands in a URL and in base64 too', () => {
  expect(secretsIn({ TOKEN: 'p@ss word/1' })).toEqual([
    'p@ss word/1',
    'p%40ss%20word%2F1',
    'cEBzcyB3b3JkLzE',
  ]);
});
