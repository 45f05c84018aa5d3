import { afterAll, beforeAll } from 'vitest';
import { ownSshConfig, type SshConfig } from './ssh-config.ts';
import { type SshdServer, startSshd } from './sshd-server.ts';
import { describeTier } from './tiers.ts';

/** What stands for all tests of a group; there once they run, so it is asked for by its name. */
export interface SshdGround {
  readonly server: SshdServer;
  readonly config: SshConfig;
}

/** `describe` over a real sshd, with an ssh configuration of its own; skipped where there is no sshd. */
export function describeSshd(title: string, define: (ground: SshdGround) => void): void {
  describeTier('sshd', title, () => {
    let server: SshdServer | undefined;
    let config: SshConfig | undefined;
    beforeAll(async () => {
      config = await ownSshConfig();
      server = await startSshd();
    });
    afterAll(async () => {
      await server?.stop();
      await config?.restore();
    });
    define({
      get server() {
        return begun(server);
      },
      get config() {
        return begun(config);
      },
    });
  });
}

function begun<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error('the sshd of these tests is there only while they run');
  return thing;
}
