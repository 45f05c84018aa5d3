import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/model/fault.ts';
import type { Host } from '../../../src/model/inventory.ts';
import { createLiveTransports } from '../../../src/transports/live.ts';
import { neverAnswer, startBehaving } from '../../support/behave.ts';
import { faultOfCall, within } from '../../support/calls.ts';
import { describeSshd, type SshdGround } from '../../support/describe-sshd.ts';
import { freePort } from '../../support/free-port.ts';
import { pidIn } from '../../support/processes.ts';
import { makeKey, publicKey } from '../../support/sshd-server.ts';

type Settings = Partial<NonNullable<Host['ssh']>>;

interface Trouble {
  readonly says: Partial<Fault>;
  /** Whether both say it in the same words; else they agree on whose trouble it is and of what sort. */
  readonly sameWords: boolean;
  readonly fault: (ask: Ask, ground: SshdGround) => Promise<Fault>;
}

type Ask = (settings: Settings, timeoutMs?: number, script?: string) => Promise<Fault>;

const troubles: Readonly<Record<string, Trouble>> = {
  'a port that nobody listens on': {
    says: { code: 'refused', side: 'target' },
    sameWords: true,
    fault: async (ask) => ask({ port: await portOnce }),
  },
  'a name that does not exist': {
    says: { code: 'dns' },
    sameWords: true,
    fault: (ask) => ask({ host: 'no-such-host.invalid' }),
  },
  'a server that never says a word': {
    says: { code: 'timeout', side: 'target', message: 'no answer within 1.5 s' },
    sameWords: true,
    fault: async (ask) => {
      const silent = await startBehaving(neverAnswer);
      const fault = await ask({ port: silent.port }, 1500);
      await silent.stop();
      return fault;
    },
  },
  'a key that is not let in': {
    says: { code: 'auth', side: 'prober' },
    sameWords: false,
    fault: async (ask, { server }) => {
      const identityFile = join(server.folder, once('stranger'));
      await makeKey(identityFile);
      return ask({ identityFile });
    },
  },
  'a host’s key that nobody knows': {
    says: { code: 'host-key', side: 'prober' },
    sameWords: false,
    fault: (ask, { server }) => ask({ knownHosts: [join(server.folder, 'none')] }),
  },
  'a host’s key that has changed': {
    says: { code: 'host-key', side: 'prober' },
    sameWords: false,
    fault: async (ask, { server }) => {
      const [other, known] = [join(server.folder, once('other')), join(server.folder, 'changed')];
      await makeKey(other);
      await writeFile(known, `[127.0.0.1]:${server.port} ${await publicKey(other)}\n`);
      return ask({ knownHosts: [known] });
    },
  },
  'a connection that ends in the middle of an answer': {
    says: { code: 'protocol', side: 'target', message: 'the connection was lost' },
    sameWords: true,
    fault: async (ask, { server }) => {
      const name = once('cut');
      const fault = ask({}, 20_000, `echo some; echo $$ > ~/${name}; exec sleep 20`);
      const pid = await pidIn(join(server.folder, name));
      for (const session of await server.sessions()) process.kill(session, 'SIGKILL');
      process.kill(pid, 'SIGKILL');
      return fault;
    },
  },
};

const portOnce = freePort();
let made = 0;
const once = (name: string): string => `${name}-${made++}`;

describeSshd('The same trouble by either client', (ground) => {
  it.each(Object.keys(troubles))('is the same verdict: %s', async (title) => {
    const trouble = troubles[title];
    if (!trouble) throw new Error(`there is no trouble "${title}"`);
    const [bySsh2, byOpenssh] = [
      await trouble.fault(askBy('ssh2', ground), ground),
      await trouble.fault(askBy('openssh', ground), ground),
    ];
    expect(bySsh2).toMatchObject(trouble.says);
    expect(byOpenssh).toMatchObject(trouble.says);
    const { message, hint: _, ...kind } = byOpenssh;
    expect(bySsh2).toMatchObject(trouble.sameWords ? { ...kind, message } : kind);
  });
});

function askBy(client: 'ssh2' | 'openssh', { server }: SshdGround): Ask {
  return async (settings, timeoutMs = 10_000, script = 'true') => {
    const transports = createLiveTransports();
    const on = server.host({ client, ...settings });
    const fault = await faultOfCall(
      transports.exec({ on, argv: ['sh', '-c', script] }, within(timeoutMs)),
    );
    await transports.close();
    return fault;
  };
}

const mayMakeNetworks = process.platform === 'linux' && process.getuid?.() === 0;

describe.runIf(mayMakeNetworks)('A resolver that never answers [root]', () => {
  it('is ours by either client, and says nothing of the host', async () => {
    const child = join(import.meta.dirname, 'silent-resolver-child.ts');
    const script = `ip link set lo up && echo nameserver 127.0.0.1 > /tmp/resolv-$$ && mount --bind /tmp/resolv-$$ /etc/resolv.conf && rm /tmp/resolv-$$ && exec "$0" "$1"`;
    const argv = ['-n', '-m', 'sh', '-c', script, process.execPath, child];
    const { stdout } = await promisify(execFile)('unshare', argv, { timeout: 20_000 });
    const fault = {
      code: 'dns',
      side: 'prober',
      message: 'no resolver answers within 1.5 s',
      hint: "is this machine's network up? see /etc/resolv.conf",
    };
    expect(JSON.parse(stdout)).toEqual({ ssh2: fault, openssh: fault });
  });
});
