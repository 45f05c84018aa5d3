import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { FaultError } from '../../../src/model/errors.ts';
import { createLiveTransports } from '../../../src/transports/live.ts';
import { there, within } from '../../support/calls.ts';

// In a network of its own, whose one resolver hears and never says a word: asks a host by its name
// with each client, and prints what came of it as a line of JSON.
const resolver = createSocket('udp4').bind(53, '127.0.0.1');
await once(resolver, 'listening');
const none = { port: 22, user: 'joel', identityFile: null, knownHosts: [], proxyJump: null };
const ask = async (client: 'ssh2' | 'openssh'): Promise<unknown> => {
  const transports = createLiveTransports();
  const on = { ...there, ssh: { host: 'box.test', client, ...none } };
  const call = transports.exec({ on, argv: ['true'] }, within(1500));
  const fault = await call.catch((error: unknown) =>
    error instanceof FaultError ? error.fault : String(error),
  );
  await transports.close();
  return fault;
};
const [ssh2, openssh] = await Promise.all([ask('ssh2'), ask('openssh')]);
process.stdout.write(`${JSON.stringify({ ssh2, openssh })}\n`);
process.exit();
