import { type Fault, faultOf } from '../../model/fault.ts';
import type { ExecOutput } from '../../transports/contract.ts';

/** Whose units: the system's, or those of the user who asks. */
interface Whose {
  readonly user: boolean;
  readonly uid: number;
}

/** Why `systemctl show` gave no answer that can be read; null where it did. */
export function refusalOf(output: ExecOutput, { user, uid }: Whose): Fault | null {
  const { exitCode, signal, stderr } = output;
  if (exitCode === 0) return null;
  if (exitCode === null) return ours(`systemctl was ended by ${signal}`);
  if (exitCode === 127) return elsewhere('there is no systemctl');
  if (/has not been booted with systemd|Host is down/i.test(stderr)) {
    return elsewhere('this host was not booted with systemd');
  }
  if (/permission denied|access denied|not permitted/i.test(stderr)) {
    return faultOf('forbidden', `systemd does not answer this user: ${firstLine(stderr)}`, {
      hint: 'ask as a user for whom `systemctl show` works',
    });
  }
  if (/failed to connect to .*bus|no medium found/i.test(stderr)) {
    if (!user) return ours(`systemd cannot be reached: ${firstLine(stderr)}`);
    return faultOf(
      'refused',
      `no user manager runs for uid ${uid}: its units cannot be asked for`,
      {
        side: 'prober',
        hint: 'let it run without a login: loginctl enable-linger',
      },
    );
  }
  const said = firstLine(stderr);
  return ours(`systemctl show ended with ${exitCode}${said === '' ? '' : `: ${said}`}`);
}

function elsewhere(message: string): Fault {
  return faultOf('tool-missing', message, {
    hint: 'this host has another service manager: name it under manager, or write {kind: none}',
  });
}

function ours(message: string): Fault {
  return faultOf('protocol', message, { side: 'prober' });
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
