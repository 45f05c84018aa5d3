import { expect, test } from 'vitest';
import { secretsIn } from '../../src/commands/secrets-in.ts';

test('values of a .env are secrets, but for what anybody knows', () => {
  const secrets = {
    TOKEN: 'mysecretvalue42',
    KEY: 'a b c d e f',
    HOOK: 'https://hooks.slack.com/services/T0/B0/xyz',
  };
  const known = {
    MODE: 'production',
    DIR: '/var/lib/thing',
    HOME: '~/something',
    PORT: '127.0.0.1:8288',
    URL: 'http://localhost:8288/x',
    SHORT: 'abc12',
    NONE: undefined,
  };
  expect(secretsIn({ ...secrets, ...known })).toEqual(Object.values(secrets));
});
