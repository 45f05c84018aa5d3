import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { FaultError } from '../../src/model/errors.ts';
import { lateOn } from '../../src/transports/connect.ts';
import { spanOf } from '../../src/transports/deadline.ts';
import { connectionFault, fileFault, programFault } from '../../src/transports/fault-of-error.ts';

/** As Node throws it; the text is what must never be shown. */
function nodeError(code: string, more: object = { syscall: 'read' }): Error {
  return Object.assign(new Error(`secret text of ${code}`), { code, ...more });
}

describe('An error of a connection', () => {
  it.each([
    ['ECONNREFUSED', 'refused', 'target', 'connection refused by nas:22'],
    ['ECONNRESET', 'protocol', 'target', 'the connection was reset'],
    ['EPIPE', 'protocol', 'target', 'the connection was reset'],
    ['ETIMEDOUT', 'timeout', 'target', 'no answer from nas:22'],
    ['EHOSTUNREACH', 'unreachable', 'target', 'no route to nas'],
    ['EHOSTDOWN', 'unreachable', 'target', 'no route to nas'],
    ['ENETDOWN', 'unreachable', 'prober', "this machine's network is down"],
    ['ENETUNREACH', 'unreachable', 'prober', 'this machine has no route to nas'],
    ['ENOTFOUND', 'dns', 'target', 'no such name: nas'],
    ['EAI_AGAIN', 'dns', 'prober', 'no resolver answers'],
    ['CERT_HAS_EXPIRED', 'tls', 'target', 'the certificate has expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', 'target', 'the certificate is for another name'],
    ['ERR_SSL_SOMETHING_NEW', 'tls', 'target', 'TLS failed (ERR_SSL_SOMETHING_NEW)'],
    ['HPE_INVALID_CONSTANT', 'protocol', 'target', 'answered something that is not HTTP'],
    ['EMFILE', 'forbidden', 'prober', 'this process may open no more files'],
    ['EACCES', 'forbidden', 'prober', 'this machine may not connect to nas:22'],
    ['ERR_INVALID_CHAR', 'protocol', 'prober', 'the request cannot be sent (ERR_INVALID_CHAR)'],
    ['ESOMETHINGNEW', 'protocol', 'prober', 'the connection failed (ESOMETHINGNEW)'],
  ])('%s is %s on the side of the %s', (code, faultCode, side, message) => {
    const error = connectionFault(nodeError(code), 'nas:22');
    expect(error).toBeInstanceOf(FaultError);
    expect((error as FaultError).fault).toMatchObject({ code: faultCode, side, message });
    expect(JSON.stringify((error as FaultError).fault)).not.toContain('secret');
  });

  it.each([
    ['that is closed unasked is no reset', {}, 'it closed the connection before it answered'],
    [
      'that is closed in an answer tells how far',
      { heardBytes: 4 },
      'its answer was cut short after 4 bytes',
    ],
  ])('%s', (_, more, message) => {
    const fault = { code: 'protocol', side: 'target', message };
    expect(connectionFault(nodeError('ECONNRESET', more), 'nas:22')).toMatchObject({ fault });
  });

  it('to several addresses is what tells most: one of them refused', () => {
    const all = new AggregateError([nodeError('ENETUNREACH'), nodeError('ECONNREFUSED')]);
    expect(connectionFault(all, 'nas:22')).toMatchObject({ fault: { code: 'refused' } });
  });

  it('that is already a fault stays it, and one without a code stays a bug', () => {
    const fault = connectionFault(nodeError('EPIPE'), 'nas:22');
    expect(connectionFault(fault, 'other:1')).toBe(fault);
    const bug = new TypeError('x is not a function');
    expect(connectionFault(bug, 'nas:22')).toBe(bug);
  });
});

describe('An error of a file or a program', () => {
  it.each([
    [fileFault, 'EACCES', 'forbidden', '/x may not be read'],
    [fileFault, 'ENOENT', 'not-found', '/x does not exist'],
    [fileFault, 'EIO', 'protocol', '/x cannot be read (EIO)'],
    [programFault, 'ENOENT', 'tool-missing', '/x is not installed'],
    [programFault, 'EACCES', 'tool-missing', '/x may not be run'],
    [programFault, 'E2BIG', 'tool-missing', '/x cannot be run (E2BIG)'],
    [programFault, 'EMFILE', 'forbidden', 'this process may open no more files'],
  ])('is ours (%o, %s)', (faultOf, code, faultCode, message) => {
    expect(faultOf(nodeError(code), '/x')).toMatchObject({
      fault: { code: faultCode, side: 'prober', message },
    });
  });
});

describe('A missed deadline', () => {
  it.each([
    [5000, '5 s'],
    [1500, '1.5 s'],
    [250, '250 ms'],
    [60_000, '60 s'],
  ])('of %i ms is called %s', (ms, span) => {
    expect(spanOf(ms)).toBe(span);
  });

  it('before the name was resolved is the resolver’s, after it the target’s', () => {
    const socket = Object.assign(new Socket(), { connecting: true });
    const late = lateOn(socket, 'nas.test');
    expect(late('5 s')).toMatchObject({
      code: 'dns',
      side: 'prober',
      message: 'no resolver answers within 5 s',
    });
    socket.emit('lookup', null, '10.0.0.1', 4, 'nas.test');
    expect(late('5 s')).toMatchObject({ code: 'timeout', message: 'no answer within 5 s' });
  });

  it('of an address is never the resolver’s', () => {
    const socket = Object.assign(new Socket(), { connecting: true });
    expect(lateOn(socket, '10.0.0.1')('5 s')).toMatchObject({ code: 'timeout', side: 'target' });
  });
});
