import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import type { RecordedFunction } from './inngest-recorded.ts';
import { type Started, startProgram } from './start-program.ts';

/** What the worker's process is told. */
export interface WorkerPlan {
  readonly app: string;
  readonly port: number;
  readonly functions: readonly {
    readonly id: string;
    readonly triggers: readonly ({ readonly event: string } | { readonly cron: string })[];
  }[];
  /** With a signing key, as beside a self-hosted server; else in dev mode. */
  readonly signed: boolean;
}

export interface InngestWorker extends Started {
  readonly port: number;
  /** Its index: `GET /`. */
  readonly url: string;
  readonly api: string;
  /** `GET /api/inngest` of everything that it was ever asked. */
  asked(): Promise<readonly string[]>;
}

interface WorkerOptions {
  readonly app: string;
  readonly functions: readonly RecordedFunction[];
  readonly signed?: boolean;
  /** Only to bring one back. */
  readonly port?: number;
}

const program = fileURLToPath(new URL('inngest-worker-process.ts', import.meta.url));

/**
 * The real SDK with these functions, in a process of its own on 127.0.0.1. The server that it would
 * register with is a port where nobody listens: it must never meet a real one.
 */
export async function startWorker(options: WorkerOptions): Promise<InngestWorker> {
  const { app, functions, signed = false } = options;
  const [port, nobody] = [options.port ?? (await freePort()), await freePort()];
  const plan: WorkerPlan = { app, port, signed, functions: functions.map(planOf) };
  const nowhere = `http://127.0.0.1:${nobody}`;
  const mode = signed
    ? { INNGEST_DEV: '0', INNGEST_SIGNING_KEY: `signkey-test-${'5a'.repeat(32)}` }
    : { INNGEST_DEV: nowhere };
  const env = { WORKER: JSON.stringify(plan), INNGEST_BASE_URL: nowhere, ...mode };
  const folder = await mkdtemp(join(tmpdir(), 'joelclaw-worker-'));
  const started = await startProgram([process.execPath, program], {
    ready: /serves \d+ on/,
    folder,
    env,
  });
  const url = `http://127.0.0.1:${port}/`;
  const asked = async (): Promise<readonly string[]> =>
    (await fetch(`${url}asked`)).json() as Promise<readonly string[]>;
  return { ...started, port, url, api: `${url}api/inngest`, asked };
}

function planOf({ id, triggers }: RecordedFunction): WorkerPlan['functions'][number] {
  const starts = triggers.map(({ type, value }) =>
    type === 'CRON' ? { cron: value } : { event: value },
  );
  return { id, triggers: starts };
}
