import { connect } from 'node:net';
import { setTimeout as rest } from 'node:timers/promises';

const patienceMs = 60_000;
const betweenMs = 100;

/** Resolves when sshd greets at the address; with `gone`, when it no longer does. */
export async function waitForGreeting(
  address: string,
  { gone = false }: { readonly gone?: boolean } = {},
): Promise<void> {
  const endsAt = performance.now() + patienceMs;
  while ((await greets(address)) === gone) {
    if (performance.now() > endsAt) {
      throw new Error(`sshd of ${address} ${gone ? 'still greets' : 'does not greet'}`);
    }
    await rest(betweenMs);
  }
}

function greets(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port: 22, timeout: 1000 });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (chunk) => end(chunk.toString('latin1').startsWith('SSH-')));
    for (const event of ['error', 'timeout', 'close']) socket.once(event, () => end(false));
  });
}
