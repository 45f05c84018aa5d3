import { readFileSync } from 'node:fs';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { ExecOutput } from '../../../src/transports/contract.ts';
import { type Look, look } from '../look.ts';
import { type Call, said } from '../strict-transports.ts';

export const label = 'com.joel.x';

export function recorded(name: string): string {
  return readFileSync(new URL(`../../fixtures/launchctl/${name}`, import.meta.url), 'utf8');
}

export function launchctl(args: readonly string[], answer: ExecOutput): Call {
  return {
    verb: 'exec',
    request: { host: 'panda', argv: ['/bin/launchctl', ...args] },
    answer,
  };
}

export function print(domain: string, answer: ExecOutput): Call {
  return launchctl(['print', `${domain}/${label}`], answer);
}

export function disabledOf(domain: string, text = 'disabled services = {\n}\n'): Call {
  return launchctl(['print-disabled', domain], said(text));
}

/** What launchctl says of a label that the domain does not know (recording 03e). */
export function notThere(domain: string): Call {
  const stderr = recorded('03e-stderr-not-found-rc113.txt').replace(/"[^"]*"/, `"${label}"`);
  return print(domain, said('', { exitCode: 113, stderr }));
}

export function noSuchDomain(domain: string): Call {
  const stderr = `Bad request.\nCould not find domain for user gui: 501\n`;
  return print(domain, said('', { exitCode: 112, stderr }));
}

export function file(path: string, text: string | null): Call {
  const missing = new FaultError(faultOf('not-found', `there is no ${path}`));
  return { verb: 'readFile', request: { host: 'panda', path }, answer: text ?? missing };
}

/** The three places in which a plist of the label may lie; it lies in the one named, if any. */
export function plists(at?: string): readonly Call[] {
  const folders = ['~/Library/LaunchAgents/', '/Library/LaunchAgents/', '/Library/LaunchDaemons/'];
  const end = at === undefined ? folders.length : folders.indexOf(at) + 1;
  return folders
    .slice(0, end)
    .map((folder) => file(`${folder}${label}.plist`, folder === at ? '<plist/>' : null));
}

export function lookAt(calls: readonly Call[], more: Partial<Look> = {}) {
  return look({ kind: 'launchd', spec: { label }, platform: 'darwin', calls, ...more });
}

/** A job of which `launchctl print gui/501/…` says these lines. */
export function printed(lines: readonly string[], header = `gui/501/${label} = {`): string {
  return [header, ...lines.map((line) => `\t${line}`), '}', ''].join('\n');
}
