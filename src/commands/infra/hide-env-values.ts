import { parseEnv } from 'node:util';
import type { BoundCheck } from '../../kinds/contract.ts';
import { FaultError } from '../../model/errors.ts';
import type { PlannedItem } from '../../model/infra.ts';
import { type Host, pathOf } from '../../model/inventory.ts';
import type { JsonObject } from '../../model/json.ts';
import { type Cleaner, cleaner } from '../../model/plain-text.ts';
import type { Result } from '../../model/result.ts';
import type { ActGround } from '../acting/prepared.ts';
import type { OpenNetwork } from '../open-network.ts';
import { secretsIn } from '../secrets-in.ts';
import { type ApplyGround, finishing } from './apply-ground.ts';

/**
 * The same ground, on which no value of a managed environment is told or kept: a program that dies may
 * quote one in its last words. `clean` is for what is told at the end.
 */
export async function hideEnvValues(
  ground: ApplyGround,
  items: readonly PlannedItem[],
): Promise<{ readonly ground: ApplyGround; readonly clean: Cleaner }> {
  const { act, tell } = ground;
  const { open } = act;
  const secrets = [...open.secrets, ...(await envValues(open, items))];
  const clean = cleaner(secrets);
  const checks = open.network.checks.map((check) => cleaned(check, clean));
  const hiding: ActGround = {
    ...act,
    open: { ...open, secrets, network: { ...open.network, checks } },
    onStep: ({ said, ...step }) => act.onStep({ ...step, said: clean(said) }),
  };
  return { ground: { ...ground, act: hiding, tell: (line) => tell(clean(line)) }, clean };
}

/** Those of all environments as they are and as they are to be, but for the defaults in the repo. */
async function envValues(
  open: OpenNetwork,
  items: readonly PlannedItem[],
): Promise<readonly string[]> {
  const { files, hosts } = open.network.inventory;
  const envs = files.filter(({ kind }) => kind === 'env');
  const sources = envs.map(({ source }) =>
    open.rootPath === null ? source : `${open.rootPath}/${source}`,
  );
  const lying = hosts.map((host) =>
    textsAt(
      host,
      envs.flatMap((file) => (file.host === host.name ? (pathOf(file) ?? []) : [])),
      open,
    ),
  );
  const [examples, ...live] = await Promise.all([textsAt(null, sources, open), ...lying]);
  const written = items.flatMap(({ item, write }) =>
    item.kind === 'env' && write ? [write.text ?? '', write.before?.text ?? ''] : [],
  );
  const known = new Set(examples.flatMap(valuesIn));
  return [...live.flat(), ...written].flatMap(valuesIn).filter((value) => !known.has(value));
}

function valuesIn(text: string): readonly string[] {
  return secretsIn(parseEnv(text));
}

/** Of a host that does not answer nothing is known, nor can anything of it be told. */
async function textsAt(
  host: Host | null,
  paths: readonly string[],
  { transports }: OpenNetwork,
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const seen = await transports.lookAtFiles(host, paths, finishing).catch((error: unknown) => {
    if (!(error instanceof FaultError)) throw error;
    return [];
  });
  return seen.flatMap(({ isThere, fault, text }) => (isThere && fault === null ? text : []));
}

function cleaned(check: BoundCheck, clean: Cleaner): BoundCheck {
  return {
    ...check,
    run: async (context) =>
      clean((await check.run(context)) as unknown as JsonObject) as unknown as Result,
  };
}
