import { describe, expect, test } from 'vitest';
import { hideSecrets } from '../../src/model/hide-secrets.ts';

describe('what looks like a secret', () => {
  test.each([
    ['API_TOKEN=abc def', 'API_TOKEN=(hidden)'],
    ['"db_password": "x"', '"db_password": (hidden)'],
    ['apikey: x', 'apikey: (hidden)'],
    ['api_key=x', 'api_key=(hidden)'],
    ['one\nPASSWD=x\ntwo', 'one\nPASSWD=(hidden)\ntwo'],
    ['Authorization: Bearer abc.def and more', 'Authorization: (hidden) and more'],
    ['sk-0123456789abcdef0', '(hidden)'],
    ['ghp_0123456789abcdef', '(hidden)'],
    [`hash $2b$10$${'a'.repeat(53)} end`, 'hash (hidden) end'],
    ['redis://:hunter2@host:6379', 'redis://:(hidden)@host:6379'],
    [
      'postgres://joel:hunter2@db/x and http://a:b@c',
      'postgres://joel:(hidden)@db/x and http://a:(hidden)@c',
    ],
    ['the token was fine', 'the token was fine'],
    ['GET http://localhost:3111/a@b', 'GET http://localhost:3111/a@b'],
    ['task-list sk-short', 'task-list sk-short'],
  ])('%j becomes %j', (text, shown) => expect(hideSecrets(text)).toBe(shown));
});
