import { FaultError } from '../model/errors.ts';
import { closedEarly, connectionReset, cutShort, type Fault, faultOf } from '../model/fault.ts';
import { tlsFaultOf } from '../model/tls-fault.ts';

/*
 * The one place where what Node throws becomes a Fault. No text of an error is ever copied: it may
 * hold a secret of ours or bytes of theirs. What carries no code is a bug and is handed back as is.
 */

const ours = { side: 'prober' } as const;
const offline = { ...ours, hint: 'is this machine online, and in the right network?' } as const;
const tooManyFiles = faultOf('forbidden', 'this process may open no more files', {
  hint: 'raise the limit: ulimit -n',
});

/** Trouble with a connection to `target`, which is `host:port`. */
export function connectionFault(error: unknown, target: string): Error {
  const known = (code: string): Fault | null => tlsFaultOf(code) ?? closedFault(code, error);
  return translated(error, (code) => known(code) ?? socketFault(code, target));
}

/** A reset comes from a call to the system; one without such a call is Node's, or our, word for an end. */
function closedFault(code: string, error: unknown): Fault | null {
  if (code !== 'ECONNRESET' || !(error instanceof Error) || error instanceof AggregateError)
    return null;
  if ('syscall' in error) return null;
  const heardBytes = 'heardBytes' in error ? Number(error.heardBytes) : 0;
  return heardBytes > 0 ? cutShort(`after ${heardBytes} bytes`) : closedEarly;
}

/** Trouble with a file of this machine. */
export function fileFault(error: unknown, path: string): Error {
  return translated(error, (code) => {
    if (code === 'EACCES' || code === 'EPERM') {
      return faultOf('forbidden', `${path} may not be read`, { hint: 'check its owner and mode' });
    }
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return faultOf('not-found', `${path} does not exist`, {
        ...ours,
        hint: 'is the path right, and is its disk mounted?',
      });
    }
    return commonFault(code) ?? faultOf('protocol', `${path} cannot be read (${code})`, ours);
  });
}

/** Trouble with starting a program. */
export function programFault(error: unknown, program: string): Error {
  return translated(error, (code) => {
    const hint = `install ${program}, or name it by its whole path`;
    if (code === 'ENOENT') return faultOf('tool-missing', `${program} is not installed`, { hint });
    if (code === 'EACCES' || code === 'EPERM' || code === 'ENOEXEC') {
      return faultOf('tool-missing', `${program} may not be run`, { hint: 'check its mode' });
    }
    return commonFault(code) ?? faultOf('tool-missing', `${program} cannot be run (${code})`);
  });
}

function translated(error: unknown, faultOfCode: (code: string) => Fault): Error {
  if (error instanceof FaultError) return error;
  const code = codeOf(error);
  if (code !== null) return new FaultError(faultOfCode(code), { cause: error });
  return error instanceof Error ? error : new Error(String(error));
}

/** The cause that tells most when several addresses were tried: the first of these that occurs. */
const tellingCodes = ['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ETIMEDOUT'];

function codeOf(error: unknown): string | null {
  if (error instanceof AggregateError) {
    const codes = error.errors.map(codeOf);
    return tellingCodes.find((code) => codes.includes(code)) ?? codes[0] ?? null;
  }
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

function commonFault(code: string): Fault | null {
  return code === 'EMFILE' || code === 'ENFILE' ? tooManyFiles : null;
}

function socketFault(code: string, target: string): Fault {
  if (code.startsWith('HPE_')) return httpFault(code);
  const host = target.slice(0, target.lastIndexOf(':'));
  const noRoute = noRouteTo(host);
  const notAllowed = faultOf('forbidden', `this machine may not connect to ${target}`, {
    hint: 'look at its own firewall',
  });
  const known: Readonly<Record<string, Fault>> = {
    ECONNREFUSED: faultOf('refused', `connection refused by ${target}`, {
      hint: 'is it running, and on this port?',
    }),
    ECONNRESET: connectionReset,
    ECONNABORTED: connectionReset,
    EPIPE: connectionReset,
    ETIMEDOUT: faultOf('timeout', `no answer from ${target}`, {
      hint: 'is it switched on, and does a firewall let this port through?',
    }),
    EHOSTUNREACH: noRoute,
    EHOSTDOWN: noRoute,
    ENETUNREACH: noRouteFromHere(host),
    ENETDOWN: faultOf('unreachable', "this machine's network is down", offline),
    EADDRNOTAVAIL: faultOf('forbidden', 'this machine has no free port left', {
      hint: 'who holds them? netstat -an tells',
    }),
    ENOTFOUND: noSuchName(host),
    EAI_AGAIN: noResolver(),
    EACCES: notAllowed,
    EPERM: notAllowed,
    EMFILE: tooManyFiles,
    ENFILE: tooManyFiles,
  };
  const what = code.startsWith('ERR_') ? 'the request cannot be sent' : 'the connection failed';
  return known[code] ?? faultOf('protocol', `${what} (${code})`, ours);
}

/** Said at once, where a deadline has not passed: whoever waits longer hears nothing else. */
export function noRouteTo(host: string): Fault {
  return faultOf('unreachable', `no route to ${host}`, { hint: 'is it switched on?' });
}

/** Nothing leaves this machine for there, so nothing is known of the target. */
export function noRouteFromHere(host: string): Fault {
  return faultOf('unreachable', `this machine has no route to ${host}`, offline);
}

/** A name that a resolver says does not exist. */
export function noSuchName(host: string): Fault {
  return faultOf('dns', `no such name: ${host}`, {
    side: 'target',
    hint: 'is it spelled right, and is it in DNS, /etc/hosts or the tailnet?',
  });
}

function httpFault(code: string): Fault {
  if (code === 'HPE_INVALID_EOF_STATE') return cutShort('in its head');
  if (code === 'HPE_HEADER_OVERFLOW') return faultOf('protocol', 'its headers are too long');
  return faultOf('protocol', 'answered something that is not HTTP');
}

/** Nobody could tell the name's address: nothing is known of the target itself. */
export function noResolver(within = ''): Fault {
  return faultOf('dns', `no resolver answers${within}`, {
    hint: "is this machine's network up? see /etc/resolv.conf",
  });
}
