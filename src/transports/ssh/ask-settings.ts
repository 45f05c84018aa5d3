import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { Exec } from '../exec.ts';
import type { SshTarget } from './jump.ts';
import { parseSettings, type SshSettings } from './ssh-settings.ts';

const timeoutMs = 5000;

/** What the system's ssh would do for a target; null where there is no such program. */
export type AskSettings = (target: SshTarget) => Promise<SshSettings | null>;

/**
 * Asks `ssh -G`, which follows Include, Match and tokens as ssh itself does (it runs the commands of
 * `Match exec` too). A name that begins with `-` would be read as an option and is refused.
 */
export function createAskSettings(programs: Exec): AskSettings {
  return async (target) => {
    assertName(target.alias);
    if (target.user !== null) assertName(target.user);
    const options = { timeoutMs, signal: new AbortController().signal };
    try {
      const { exitCode, stdout } = await programs.exec({ argv: argvFor(target) }, options);
      if (exitCode === 0) return parseSettings(stdout);
    } catch (error) {
      if (error instanceof FaultError && error.fault.code === 'tool-missing') return null;
      if (!(error instanceof FaultError) || error.fault.code !== 'timeout') throw error;
    }
    throw new FaultError(
      faultOf('tool-missing', `ssh does not say its settings for ${target.alias}`, {
        hint: `see why: ssh -G ${target.alias}`,
      }),
    );
  };
}

function argvFor({ alias, port, user }: SshTarget): readonly [string, ...string[]] {
  const given = [
    ...(port === null ? [] : ['-p', String(port)]),
    ...(user === null ? [] : ['-l', user]),
  ];
  return ['ssh', '-G', ...given, '--', alias];
}

function assertName(name: string): void {
  if (name !== '' && !name.startsWith('-')) return;
  throw new FaultError(
    faultOf('forbidden', `"${name}" is no name for ssh: it would be read as an option`, {
      hint: 'mend hosts[].ssh in the inventory',
    }),
  );
}
