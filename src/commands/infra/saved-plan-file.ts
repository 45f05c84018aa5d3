import { createHmac, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { FaultError, UserError } from '../../model/errors.ts';
import type { PlannedItem } from '../../model/infra.ts';
import {
  type NoPlan,
  parseSavedPlan,
  type SavedPlan,
  savedItems,
  savedPlanMs,
  savedPlanSchema,
  savedPlanText,
  staleReasons,
} from '../../model/saved-plan.ts';
import { writeFileAtomic } from '../../transports/write-file.ts';
import type { Context } from '../context.ts';
import type { FlagName } from '../flags.ts';
import { makeFolder } from '../make-folder.ts';
import type { OpenNetwork } from '../open-network.ts';
import { whyNotKept } from '../why-not-kept.ts';
import type { OpenInfra } from './open-infra.ts';

/** Of this machine alone, in the state folder of the network. */
const keyFile = 'plan.key';

/** Writes a plan to a file that is new, or an older plan: no other file is ever written over. */
export async function savePlan(
  path: string,
  items: readonly PlannedItem[],
  infra: OpenInfra,
): Promise<void> {
  const { open, context } = infra;
  if (open.rootPath === null) throw ofLab();
  const { overwriteDrift, prune, only } = context.options;
  const sign = await signerOf(open);
  const now = open.transports.clock.now();
  const plan: SavedPlan = {
    network: open.network.inventory.name,
    inventory: open.identity,
    host: open.transports.hostname,
    user: userInfo().username,
    commit: await commitOf(infra),
    at: new Date(now).toISOString(),
    expiresAt: new Date(now + savedPlanMs).toISOString(),
    wish: { overwriteDrift, prune, only },
    items: savedItems(items, sign),
  };
  const there = await textAt(path);
  if (there !== null && !there.includes(savedPlanSchema.replace(/\d+$/, ''))) {
    throw refused('NO_PLAN', `${path} is there, and is no plan`, 'name another file');
  }
  await writeFileAtomic(path, savedPlanText(plan, sign), 0o600).catch((error: unknown) => {
    const why = `the plan cannot be kept in ${path}: ${whyNotKept(error)}`;
    throw refused('NOT_KEPT', why, 'name a file in a folder of yours');
  });
}

const saidByPlan: ReadonlySet<FlagName> = new Set(['overwrite-drift', 'prune', 'only']);

const troubles: Readonly<Record<NoPlan, string>> = {
  'no-plan': 'is no plan of joelclaw infra plan --out',
  newer: 'is of a newer joelclaw',
  'not-ours': 'was not made here for this network, or was changed since',
};

/** Reads a saved plan; one of another machine, or one that somebody has changed, is refused. */
export async function readPlan(
  path: string,
  { options: { given } }: Pick<Context, 'options'>,
  open: OpenNetwork,
): Promise<SavedPlan> {
  const said = given.find((flag) => saidByPlan.has(flag));
  if (said) {
    throw new UserError(`--${said} says nothing beside a saved plan`, {
      hint: `leave it out, or give it to joelclaw infra plan --out ${path}`,
    });
  }
  if (open.rootPath === null) throw ofLab();
  const text = await textAt(path);
  const hint = `make it anew: joelclaw infra plan --out ${path}`;
  if (text === null) throw refused('NO_PLAN', `there is no file ${path}`, hint);
  const read = parseSavedPlan(text, await signerOf(open));
  if ('trouble' in read) {
    throw refused('NO_PLAN', `${path} ${troubles[read.trouble]}`, hint);
  }
  return read;
}

/** Refuses a saved plan that is not what would be done now, with each reason. */
export async function refuseStale(
  path: string,
  saved: SavedPlan,
  { items, open }: { readonly items: readonly PlannedItem[]; readonly open: OpenNetwork },
): Promise<void> {
  const now = {
    network: open.network.inventory.name,
    inventory: open.identity,
    ms: open.transports.clock.now(),
    items: savedItems(items, await signerOf(open)),
  };
  const reasons = staleReasons(saved, now);
  if (reasons.length === 0) return;
  throw new UserError(`the plan in ${path} is stale: ${reasons.join('; ')}`, {
    ...{ code: 'STALE_PLAN', exitCode: 6 },
    hint: `nothing was done; make it anew: joelclaw infra plan --out ${path}`,
  });
}

type Sign = (text: string) => string;

/** Makes sums with the key of this network on this machine, which is made at its first use. */
async function signerOf({ stateFolder }: OpenNetwork): Promise<Sign> {
  const path = join(stateFolder, keyFile);
  try {
    await makeFolder(stateFolder, 0o700);
    if ((await textAt(path)) === null) {
      await writeFileAtomic(path, `${randomBytes(32).toString('hex')}\n`, 0o600);
    }
    const key = (await textAt(path)) ?? '';
    return (text) => createHmac('sha256', key).update(text).digest('hex');
  } catch (error) {
    const why = `the key of saved plans cannot be kept: ${whyNotKept(error)}`;
    throw refused('NOT_KEPT', why, `look at ${stateFolder}`);
  }
}

/** What git says of the repo; null where there is none, or no git. */
async function commitOf({ open, context }: OpenInfra): Promise<string | null> {
  const { rootPath, transports, network } = open;
  const here = network.inventory.hosts.find(({ access }) => access === 'local');
  if (rootPath === null || !here) return null;
  const argv = ['git', '-C', rootPath, 'describe', '--always', '--dirty', '--abbrev=40'] as const;
  try {
    const { timeoutMs } = context.options;
    const options = { timeoutMs, signal: context.signal };
    const { exitCode, stdout } = await transports.exec({ on: here, argv: [...argv] }, options);
    return exitCode === 0 ? stdout.trim() : null;
  } catch (error) {
    if (error instanceof FaultError) return null;
    throw error;
  }
}

async function textAt(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw refused('NO_PLAN', `${path} cannot be read: ${error.code}`, 'look at its folder');
  });
}

/** What is simulated is another one in the next process. */
function ofLab(): UserError {
  const hint = 'leave the file out, or plan a real network';
  return new UserError('a simulated network ends with its process: it has no saved plans', {
    hint,
  });
}

function refused(code: string, message: string, hint: string): UserError {
  return new UserError(message, { code, hint, exitCode: 1 });
}
