import { createHash } from 'node:crypto';
import type { ApplyEvent } from '../../model/apply-log.ts';
import { UserError } from '../../model/errors.ts';
import { secretAt } from '../../model/hide-secrets.ts';
import type { PlannedItem } from '../../model/infra.ts';
import { envelope } from '../../outputs/envelope.ts';
import { infraJson } from '../../outputs/infra-text.ts';
import { type Command, headOf } from '../context.ts';
import { notWritten } from './apply.ts';
import { finishing } from './apply-ground.ts';
import { askPerson } from './ask-person.ts';
import { takeInfra } from './infra-lock.ts';
import { keepFound } from './keep-found.ts';
import { recordKeeper } from './keep-record.ts';
import { entryOf, keysOf } from './keep-silently.ts';
import type { InfraPlan } from './make-plan.ts';
import { itemNamed } from './only-named.ts';
import { newApplyId, type OpenInfra, withInfra } from './open-infra.ts';
import { planOf } from './plan-of.ts';

/**
 * `infra adopt ID`: what stands on its host is right, and becomes what the repo says. Its source is
 * written, nothing on any host is; git shows what that changed. Of an environment only the names that
 * stand there are agreed to.
 */
export const infraAdopt: Command = (context) =>
  withInfra(context, async (infra) => {
    const id = context.options.words[2];
    if (id === undefined) {
      throw new UserError('adopt what?', {
        hint: 'joelclaw infra adopt ID, as infra plan names it',
      });
    }
    const { readOnly, dryRun } = context.options;
    if (readOnly && !dryRun) throw refused('READ_ONLY', 'this is --read-only', 'leave that out');
    return adoptHere(id, infra);
  });

/** Under the lock of all files. */
export async function adoptHere(id: string, infra: OpenInfra): Promise<number> {
  const lock = await takeInfra(infra.act, 'adopt');
  try {
    return await adopt(id, infra).catch(notWritten);
  } finally {
    lock.release();
  }
}

async function adopt(id: string, infra: OpenInfra): Promise<number> {
  const { context } = infra;
  const plan = await planOf(infra);
  const planned = itemNamed(plan.items, id);
  const { item, liveSha256 } = planned;
  if (liveSha256 === null || item.source === null) {
    throw refused(
      'NOT_SEEN',
      `${id} cannot be adopted: ${item.note || item.verdict}`,
      'infra plan says more',
    );
  }
  const takesText =
    item.kind !== 'env' && item.verdict !== 'in-sync' && item.verdict !== 'converged';
  const what = takesText
    ? `write what stands on ${item.host} to ${item.source}?`
    : `agree to ${id} as it stands?`;
  if (!context.options.dryRun) {
    await askPerson(what, context);
    if (takesText) await takeText(planned, infra);
    await keep(planned, plan, infra);
  }
  const said = takesText
    ? `${item.source} is what stands on ${item.host}`
    : `${id} is agreed to as it stands`;
  const { json, dryRun } = context.options;
  if (json) {
    const after = dryRun ? plan : await planOf(infra);
    const result = infraJson(after.items.flatMap((one) => (one.item.id === id ? [one.item] : [])));
    const answer = { schema: 'joelclaw.infra-adopt/v1', ok: true, result };
    await context.write(envelope(headOf(context, 'infra adopt'), answer));
  } else await context.write(`${dryRun ? 'would be: ' : ''}${said}\n`);
  return 0;
}

/** The repo's file, over nothing but what it was seen to be. What it was is kept. */
async function takeText({ item, livePath }: PlannedItem, { open, store, act }: OpenInfra) {
  const { transports, rootPath, network } = open;
  const host = network.inventory.hosts.find(({ name }) => name === item.host);
  const source = rootPath === null ? `${item.source}` : `${rootPath}/${item.source}`;
  const [live] = host ? await transports.lookAtFiles(host, [livePath], finishing) : [];
  const [repo] = await transports.lookAtFiles(null, [source], finishing);
  if (!live?.isThere || !repo || live.fault || repo.fault)
    throw refused('NOT_SEEN', 'it cannot be read', 'try again');
  const isKnown = open.secrets.some((one) => one.length >= 8 && live.text.includes(one));
  if (isKnown || secretAt(live.text) >= 0) {
    const hint = 'take it out on its host first, or put it into its .env';
    throw refused(
      'SECRET',
      `${item.id} holds what is a secret, or has the shape of one: the repo is no place for it`,
      hint,
    );
  }
  if (open.rootPath !== null && sumOf(live.text) !== live.sha256) {
    throw refused('NOT_TEXT', `${item.id} is no text in UTF-8`, 'copy it by hand');
  }
  const id = newApplyId(open);
  const at = new Date(transports.clock.now()).toISOString();
  const note = (event: ApplyEvent): Promise<void> => store.append(id, event);
  await store.begin(id);
  await note({ type: 'begin', at, actor: act.actor, undoes: null, items: [item.id] });
  if (repo.isThere) await store.keep(id, 'repo.before', repo.text);
  const mode = repo.mode ?? '0644';
  await transports.writeFile(
    { on: null, path: source, text: live.text, mode, was: repo.sha256 },
    finishing,
  );
  await note({ type: 'end', at, outcome: 'adopted' });
}

async function keep(
  planned: PlannedItem,
  plan: InfraPlan,
  { open, store }: OpenInfra,
): Promise<void> {
  const at = new Date(open.transports.clock.now()).toISOString();
  const record = recordKeeper(open, plan.kept);
  const entry = entryOf(planned, at, await keysOf(planned, { open }));
  // Who agrees to what stands there says that what runs is as well.
  const kept = await keepFound(planned, store);
  await record.put(planned.item.id, { ...entry, kept, unreadSince: null });
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function refused(code: string, message: string, hint: string): UserError {
  return new UserError(message, { code, hint, exitCode: 1 });
}
