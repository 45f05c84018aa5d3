import { describe, expect, test } from 'vitest';
import { createKeyHider, hideInLog, hideSecrets, secretAt } from '../../src/model/hide-secrets.ts';

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

describe('in a line of a log', () => {
  test.each([
    [
      'token=abcdef connect ECONNREFUSED 1.2.3.4:5 end',
      'token=(hidden) connect ECONNREFUSED 1.2.3.4:5 end',
    ],
    ['unexpected token: } at line 3', 'unexpected token: } at line 3'],
    ['Unexpected token: else in JSON', 'Unexpected token: else in JSON'],
    ['{"apiKey":"abcdefgh12345678","msg":"hello"}', '{"apiKey":(hidden),"msg":"hello"}'],
    ['DB_PASSWORD=abc123 PORT=80 started', 'DB_PASSWORD=(hidden) PORT=80 started'],
    [
      'GET https://x/y?access_token=abcdefgh&x=1 end',
      'GET https://x/y?access_token=(hidden)&x=1 end',
    ],
    ['INNGEST_EVENT_KEY=abc123def456 x', 'INNGEST_EVENT_KEY=(hidden) x'],
    ['cache key: user-17 hit', 'cache key: user-17 hit'],
    ['set-cookie: session=abcdef1234567890; Path=/', 'set-cookie: (hidden); Path=/'],
    ['MYSQL_PWD=abc123 run', 'MYSQL_PWD=(hidden) run'],
    ['GH_PAT=abc123 run', 'GH_PAT=(hidden) run'],
    ['PWD=/home/joel OLDPWD=/home', 'PWD=/home/joel OLDPWD=/home'],
    ['secret: null, password: undefined', 'secret: null, password: undefined'],
    ['key -----BEGIN OPENSSH PRIVATE KEY----- b3Blb', 'key (hidden)'],
    ['as eyJhbGciOiJIUzI1NiIs.eyJzdWIiOiIxMjM0NTY3.SflKxwRJSMeKKF2QT4 end', 'as (hidden) end'],
    ['AKIAIOSFODNN7EXAMPLE end', '(hidden) end'],
    [`signkey-prod-${'0123456789abcdef'.repeat(4)} end`, '(hidden) end'],
    ['glpat-0123456789abcdefghij npm_0123456789abcdefghij', '(hidden) (hidden)'],
    [`AIza${'SyA0123456789abcdefghijklmnopqrstu'} end`, '(hidden) end'],
  ])('%j becomes %j', (line, shown) => expect(hideInLog(line)).toBe(shown));
});

test('the lines of a private key are hidden, and those around it are not', () => {
  const hide = createKeyHider();
  const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ';
  const lines = [
    'it loads its key',
    '-----BEGIN PRIVATE KEY-----',
    body,
    `09:00:01 ${body}==`,
    '-----END PRIVATE KEY-----',
    'it listens on 8443',
    '-----BEGIN RSA PRIVATE KEY-----',
    body,
    'it broke: no end of a key',
    body,
  ];
  expect(lines.map(hide)).toEqual([
    'it loads its key',
    '-----BEGIN PRIVATE KEY-----',
    '(hidden)',
    '(hidden)',
    '(hidden)',
    'it listens on 8443',
    '-----BEGIN RSA PRIVATE KEY-----',
    '(hidden)',
    'it broke: no end of a key',
    body,
  ]);
});

test('a line of a log takes a time that grows with it', () => {
  const takes = (length: number): number => {
    const line = 'token'.repeat(length / 5);
    const before = process.cpuUsage();
    hideInLog(line);
    return process.cpuUsage(before).user;
  };
  takes(5000);
  expect(takes(40_000)).toBeLessThan(24 * Math.max(takes(5000), 2000));
});

test.each([
  ['curl https://hooks.slack.com/services/T0/B0/abcdef', 38],
  ['x https://discord.com/api/webhooks/12/abc', 35],
  ['https://api.telegram.org/bot123:AAabc', 28],
  ['t=12345678:AAabcdefghijklmnopqrstuvwxyz', 2],
  ['http://joel:pass@host', 12],
  ['nothing of that kind', -1],
])('the first secret by its shape within %j is at %i', (text, at) => {
  expect(secretAt(text)).toBe(at);
});
