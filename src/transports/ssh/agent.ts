import { readFile } from 'node:fs/promises';
import type { Duplex } from 'node:stream';
import type { BaseAgent, ParsedKey } from 'ssh2';
import { fingerprintOf } from './judge-host-key.ts';
import type { Ssh2 } from './load-ssh2.ts';
import type { SshPlace } from './place.ts';

/**
 * The agent's keys, those that the place names first: a server hangs up after six wrong ones. With
 * IdentitiesOnly the others are not shown at all. What is shown is noted in `tried`.
 */
export async function agentOf(
  ssh2: Ssh2,
  { agent: socketPath, identity, identitiesOnly }: SshPlace,
  tried: string[],
): Promise<BaseAgent | null> {
  if (socketPath === null) return null;
  const agent = ssh2.createAgent(socketPath);
  const wanted = await publicHalves(ssh2, identity.files);
  const isWanted = (key: ParsedKey): boolean =>
    wanted.some((one) => one.equals(key.getPublicSSH()));
  const keys = await identitiesOf(ssh2, agent);
  if (!keys) {
    tried.push(`the agent (no answer from ${socketPath})`);
    return null;
  }
  const others = identitiesOnly ? [] : keys.filter((key) => !isWanted(key));
  const shown = [...keys.filter(isWanted), ...others];
  tried.push(...shown.map((key) => `the agent’s ${fingerprintOf(key.getPublicSSH())}`));
  if (shown.length === 0) return null;
  return Object.assign(agent, {
    getIdentities: (done: (error: null, keys: readonly ParsedKey[]) => void) => done(null, shown),
  });
}

/** An agent answers at once, or waits for somebody to unlock it. */
const silentAfterMs = 2000;

/** Null when it does not answer. Keys of a type that ssh2 does not know are left out. */
function identitiesOf({ utils }: Ssh2, agent: BaseAgent): Promise<readonly ParsedKey[] | null> {
  const hangUp = streamsOf(agent);
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      resolve(null);
      hangUp();
    }, silentAfterMs);
    agent.getIdentities((error, keys) => {
      clearTimeout(late);
      if (error) return resolve(null);
      const parsed = (keys ?? []).map((key) => utils.parseKey(key as Buffer | ParsedKey));
      resolve(parsed.filter((key): key is ParsedKey => !(key instanceof Error)));
    });
  });
}

/** What ends the connections that the agent's client opens from now on: it never does by itself. */
function streamsOf(agent: BaseAgent): () => void {
  const opened: Duplex[] = [];
  const getStream = agent.getStream?.bind(agent);
  if (getStream) {
    agent.getStream = (done) =>
      getStream((error, stream) => {
        if (stream) opened.push(stream);
        done(error, stream);
      });
  }
  return () => {
    for (const stream of opened) stream.destroy();
  };
}

async function publicHalves(ssh2: Ssh2, files: readonly string[]): Promise<readonly Buffer[]> {
  const found = await Promise.all(files.map((file) => publicHalf(ssh2, file)));
  return found.filter((key) => key !== null);
}

async function publicHalf({ utils }: Ssh2, file: string): Promise<Buffer | null> {
  const text = await readFile(`${file}.pub`).catch(() => null);
  const key = text ? utils.parseKey(text) : new Error('none');
  return key instanceof Error ? null : key.getPublicSSH();
}
