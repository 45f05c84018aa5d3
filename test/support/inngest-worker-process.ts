/**
 * A worker as joelclaw's is: `GET /` tells of itself, `/api/inngest` is the SDK's. A program of its
 * own, started by inngest-worker.ts; what it is to serve comes in WORKER.
 */
import { createServer } from 'node:http';
import { Inngest } from 'inngest';
import { serve } from 'inngest/node';
import type { WorkerPlan } from './inngest-worker.ts';

const { app, port, functions, signed } = JSON.parse(process.env['WORKER'] ?? '') as WorkerPlan;
const startedAt = new Date().toISOString();
const asked: string[] = [];

const client = new Inngest({ id: app, isDev: !signed });
const served = functions.map(({ id, triggers }) =>
  client.createFunction({ id, triggers: [...triggers] as never }, async () => ({ done: id })),
);
const handle = serve({ client, functions: served });

const index = (): string =>
  JSON.stringify({
    service: app,
    status: 'running',
    functions: functions.map(({ id }) => id),
    worker: { role: 'host', startedAt },
  });

const server = createServer((request, response) => {
  // What a test asks about the others' questions is none of them.
  if (request.url === '/asked') {
    response.end(JSON.stringify(asked));
    return;
  }
  asked.push(`${request.method} ${request.url}`);
  if (request.url === '/') response.setHeader('content-type', 'application/json').end(index());
  else handle(request, response);
});
server.listen(port, '127.0.0.1', () => console.log(`serves ${functions.length} on ${port}`));
