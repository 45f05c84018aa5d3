import type { CallOptions, ExecOutput, ExecRequest } from '../transports/contract.ts';
import { type Frame, told } from './answers/audit/frames.ts';
import type { LabAudit } from './answers/audit/host.ts';
import { keptCall, type Room, unexpected } from './room.ts';
import { sshTarget } from './site.ts';

/** Whether this is the audit's script, which its first line tells. */
export function isAudit({ argv: [program], input = '' }: ExecRequest): boolean {
  return program === '/bin/sh' && input.startsWith('# joelclaw: audit\n');
}

/**
 * A host that is looked into: it tells one probe after another, each of which takes its time, over
 * one connection. A host that goes away meanwhile tells no more.
 */
export async function auditIn(
  room: Room,
  { on, argv, heard }: ExecRequest,
  options: CallOptions,
): Promise<ExecOutput> {
  const { site, call, counted, moment } = room;
  const host = site.audits?.get(on.name) ?? unexpected(`audit of ${on.name}`);
  const target = on.access === 'ssh' ? sshTarget(on.name) : `exec:${on.name}:/bin/sh`;
  if (on.access === 'ssh') await keptCall(room, target, options);
  else counted.processes++;
  const pages = pagesOf(argv.slice(4));
  const frames = [
    ...host.first(moment()),
    ...pages.map((page) => pageFrame(room, host, page)),
    ...host.last,
    '\n@@DONE\n',
  ];
  let stdout = '';
  for (const frame of frames) {
    await call(target, options);
    stdout += frame;
    heard?.(frame);
  }
  return { exitCode: 0, signal: null, stdout, stderr: '', truncated: false };
}

/** Ports and paths in turn, as the script takes them. */
function pagesOf(parameters: readonly string[]): readonly (readonly [string, string])[] {
  return parameters.flatMap((port, index) =>
    index % 2 === 0 ? [[port, parameters[index + 1] ?? '/'] as const] : [],
  );
}

/** As the host sees its own page: what refuses from outside refuses there. */
function pageFrame(
  { site, moment }: Room,
  { pages: { program, host } }: LabAudit,
  [port, path]: readonly [string, string],
): Frame {
  const id = `page-${port}`;
  const now = moment();
  const page = site.pages.get(`GET http://${host}:${port}${path}`);
  if (!page || !now.isWell(`${host}:${port}`)) {
    const words =
      program === 'curl'
        ? `curl: (7) Failed to connect to 127.0.0.1 port ${port} after 0 ms: Couldn't connect to server`
        : `wget: can't connect to remote host (127.0.0.1): Connection refused`;
    return told(id, '', { exitCode: program === 'curl' ? 7 : 1, words });
  }
  const { status, contentType, body } = page(now);
  return told(id, `HTTP/1.1 ${status} OK\r\nContent-Type: ${contentType}\r\n\r\n${body}`);
}
