import { describe, expect, it, test } from 'vitest';
import {
  adaptFault,
  adaptWarnings,
  lineOfPort,
  listenersOf,
  validateFault,
  writesLogs,
} from '../../../src/kinds/file/lint/lint-caddyfile.ts';
import { lintEnv } from '../../../src/kinds/file/lint/lint-env.ts';
import {
  isScript,
  scriptFaults,
  shellOf,
  syntaxFault,
} from '../../../src/kinds/file/lint/lint-script.ts';
import { faultLines } from '../../support/fault-lines.ts';

describe('an example of settings', () => {
  it('is well with names, defaults and remarks', () => {
    const text = '# a\nAPI_URL=http://localhost:1\nAPI_TOKEN=\nexport B=1\nKEY_FILE=~/.ssh/key\n\n';
    for (const one of [text, text.replaceAll('\n', '\r\n'), `\uFEFF${text}`])
      expect(faultLines(lintEnv(one))).toEqual([]);
  });

  test.each([
    ['a line of no form', 'A=1\n  hello\n', '2:3 is no NAME=value'],
    ['a name of no form', '1A=1\n', '1:1 is no name of a variable'],
    ['a name twice', 'A=1\nB=2\nA=3\n', '3:1 A: is there already, on line 1'],
    ['a name in small letters', 'a=1\n', '(warning) 1:1 a: is not in capitals'],
    [
      'a secret',
      'export INNGEST_EVENT_KEY=hunter22\n',
      '1:8 INNGEST_EVENT_KEY: has a value, and by its name that is a secret',
    ],
    [
      'a secret in quotes',
      'DB_PASSWORD="x y"\n',
      '1:1 DB_PASSWORD: has a value, and by its name that is a secret',
    ],
  ])('tells of %s, and never of its value', (_what, text, expected) => {
    expect(faultLines(lintEnv(text))).toEqual([expected]);
  });

  test.each(['', '…', '<token>', 'changeme', 'xxx', '/run/secrets/token', '~/.token'])(
    'may say "%s" where a secret is to stand',
    (value) => {
      expect(lintEnv(`API_TOKEN=${value}\n`)).toEqual([]);
    },
  );
});

describe('a script', () => {
  test.each([
    ['#!/bin/sh\n', 'sh'],
    ['#!/usr/bin/env bash\n', 'bash'],
    ['#!/usr/bin/env -S bash -e\n', 'bash'],
    ['#! /bin/dash -e\n', 'dash'],
    ['#!/usr/bin/env node\n', null],
    ['#!/usr/bin/python3\n', null],
    ['echo\n', null],
  ])('%j is for %s', (text, shell) => {
    expect(shellOf(text)).toBe(shell);
  });

  it('is one by its first line or its name', () => {
    expect([isScript('#!/x', 'a'), isScript('echo', 'a.sh'), isScript('echo', 'a.txt')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test.each([
    ['#!/bin/sh\necho\n', []],
    ['echo\n', ['1:1 names no program to run it']],
    ['#!sh\n', ['1:1 names its program without its whole path']],
    ['\uFEFF#!/bin/sh\n', ['1:1 begins with a byte order mark']],
    ['#!/bin/sh\r\necho\r\n', ['1:10 ends its lines with CR LF']],
  ])('%j', (text, faults) => {
    expect(faultLines(scriptFaults(text))).toEqual(faults);
  });

  test.each([
    ['/a/b.sh: 3: Syntax error: ")" unexpected\n', '3:1 Syntax error: ")" unexpected'],
    [
      '/a/b.sh: line 4: syntax error: unexpected end of file\n',
      '4:1 syntax error: unexpected end of file',
    ],
    ["/a/b.sh: line 4: syntax error near `)'\n/a/b.sh: line 4: `)'\n", "4:1 syntax error near `)'"],
    ['something else', '1:1 something else'],
    ['', '1:1 is no script'],
  ])('what a shell says of it, %j, has its line', (stderr, expected) => {
    expect(faultLines([syntaxFault(stderr, '/a/b.sh')])).toEqual([expected]);
  });
});

describe('what Caddy says of a Caddyfile', () => {
  test.each([
    [
      'Error: /etc/Caddyfile:5: unrecognized directive: respnd',
      '5:1 unrecognized directive: respnd',
    ],
    [
      '{"level":"info"}\nError: adapting config using caddyfile: Caddyfile:7: unrecognized directive: x\n',
      '7:1 unrecognized directive: x',
    ],
    [
      "Error: /a/Caddyfile:2 - Syntax error: Unexpected token 'x', expecting '}'",
      "2:1 Syntax error: Unexpected token 'x', expecting '}'",
    ],
    [
      "Error: adapting config using caddyfile: parsing caddyfile tokens for 'tls': wrong argument count, at /a/Caddyfile:3",
      "3:1 parsing caddyfile tokens for 'tls': wrong argument count",
    ],
    ['', '1:1 caddy refused it'],
  ])('%j', (stderr, expected) => {
    expect(faultLines([adaptFault(stderr)])).toEqual([expected]);
  });

  it('is a warning where it was taken all the same', () => {
    const warning = '{"level":"warn","msg":"Caddyfile input is not formatted; run it","line":2}';
    const said = `{"level":"info","msg":"x"}\n${warning}\n{"level":"warn",broken\n`;
    expect(faultLines(adaptWarnings(said))).toEqual([
      '(warning) 2:1 Caddyfile input is not formatted',
    ]);
  });

  it('takes a certificate that is not here for what it is', () => {
    const missing =
      'Error: loading http app module: loading certificates: open /c/a.crt: no such file or directory';
    expect(faultLines([validateFault(missing)])).toEqual([
      '(warning) 1:1 could not be checked whole: /c/a.crt: no such file or directory',
    ]);
    expect(faultLines([validateFault('Error: a: b: c: d')])).toEqual(['1:1 b: c: d']);
  });

  it('is where it listens', () => {
    const servers = { a: { listen: [':9443', '127.0.0.1:8443'] }, b: { listen: [':9443'] } };
    expect(listenersOf({ apps: { http: { servers } } })).toEqual([9443, 8443, 2019]);
    expect(listenersOf({ admin: { disabled: true }, apps: { http: { servers } } })).toEqual([
      9443, 8443,
    ]);
    expect(listenersOf({ admin: { listen: 'unix//run/caddy.sock' } })).toEqual([]);
    expect(listenersOf(null)).toEqual([]);
    expect(lineOfPort('# :9443\n:80 {\n reverse_proxy a:9443\n}\nhttps://x:9443 {\n', 9443)).toBe(
      5,
    );
    expect(lineOfPort('x', 1)).toBe(1);
  });

  it('is whether a try of it would write logs', () => {
    expect(writesLogs({ logging: { logs: { default: { writer: { output: 'file' } } } } })).toBe(
      true,
    );
    expect(writesLogs({ logging: { logs: {} } })).toBe(false);
  });
});
