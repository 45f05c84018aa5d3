import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { describeSshd } from '../../support/describe-sshd.ts';

const run = promisify(execFile);
const library = fileURLToPath(new URL('../../../dist/index.js', import.meta.url));

/** Asks once and closes nothing: it ends when nothing holds the process any more. */
const script = `
const { createLiveTransports } = await import(process.env.LIBRARY);
const transports = createLiveTransports();
const on = JSON.parse(process.env.ON);
const options = { timeoutMs: 20_000, signal: new AbortController().signal };
const { stdout } = await transports.exec({ on, argv: ['echo', 'in'] }, options);
process.stdout.write(stdout + JSON.stringify(transports.counts()));
`;

describeSshd('The bundle', (ground) => {
  it.each(['ssh2', 'openssh'] as const)(
    'asks with %s, and a connection that rests does not hold its process',
    async (client) => {
      const env = {
        ...process.env,
        LIBRARY: library,
        ON: JSON.stringify(ground.server.host({ client })),
      };
      const args = ['--input-type=module', '-e', script];
      const { stdout } = await run(process.execPath, args, { env, timeout: 25_000 });
      expect(stdout).toMatch(/^in\n\{"connections":\d,"processes":\d\}$/);
    },
  );
});
