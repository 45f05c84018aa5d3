import * as z from 'zod';
import { type Applied, parseApplied } from '../../model/applied.ts';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import { stateOfVerdict } from '../../model/file-verdict.ts';
import type { Part } from '../../model/result.ts';
import type { FileSeen } from '../../transports/contract-files.ts';
import { defineKind, type ObserveContext } from '../contract.ts';
import { type Loaded, loadedBy, notAsked } from './caddy-admin.ts';
import { basePath, baseTextOf, type Compared, compare } from './compare.ts';

const spec = z.strictObject({
  files: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(['launchd', 'caddyfile', 'systemd', 'env', 'file']),
      source: z.string(),
      /** The same on this machine, written out. */
      sourcePath: z.string(),
      destination: z.string(),
      mode: z.string().nullable(),
      /** Where a running Caddy is asked for its configuration; null where it cannot be. */
      admin: z.string().nullable().default(null),
    }),
  ),
  /** Where it is kept what was applied last, on this machine; null where nobody keeps it. */
  record: z.string().nullable().default(null),
});

/** How a file stands, and what is known of whether what runs has read it. */
interface FileStanding extends Compared, Loaded {
  readonly isRecorded: boolean;
  /** RFC 3339; null where what runs was started anew with it, as far as an apply knows. */
  readonly unreadSince: string | null;
  /** Milliseconds since 1970 by its host's clock; null where that is not told. */
  readonly changedAtMs: number | null;
}

interface FileFacts {
  readonly files: readonly FileStanding[];
}

/** Files are not to wait for a Caddy that hangs: it is asked twice. */
const caddyShare = 3;

/** A Caddy that runs beside its file as it lies there. */
function loadedAs(
  admin: string | null,
  live: FileSeen,
  { transports, options }: Pick<ObserveContext, 'transports' | 'options'>,
): Promise<Loaded> | Loaded {
  if (admin === null || !live.isThere || live.fault) return notAsked;
  const timeoutMs = Math.floor(options.timeoutMs / caddyShare);
  return loadedBy(admin, live.text, { transports, options: { ...options, timeoutMs } });
}

/** A record that cannot be read must not pass for nothing applied: what differs would be overwritten. */
function recordIn(seen: FileSeen | undefined): Applied {
  if (seen?.fault) throw new FaultError(seen.fault);
  const applied = parseApplied(seen?.isThere ? seen.text : null);
  if (applied !== null) return applied;
  throw new FaultError(
    faultOf('protocol', `${seen?.path} is no record of what was applied`, {
      side: 'prober',
      hint: 'is it of a newer joelclaw? move it away to begin anew',
    }),
  );
}

/** The managed files of one host beside those of the repo, all of them in one exchange. */
export const file = defineKind({
  kind: 'file',
  summary: 'What stands on a host is what the repo says. Made from `files`.',
  intervalMs: 60_000,
  onHost: true,
  spec,
  observe: async ({ files, record }, { host, transports, options }): Promise<FileFacts> => {
    const [repo, live] = await Promise.all([
      transports.lookAtFiles(
        null,
        [...files.map(({ sourcePath }) => sourcePath), ...(record === null ? [] : [record])],
        options,
      ),
      transports.lookAtFiles(
        host,
        files.map(({ destination }) => destination),
        options,
      ),
    ]);
    const applied = recordIn(record === null ? undefined : repo.at(-1));
    const sides = files.flatMap((wanted, index) => {
      const [source, there] = [repo[index], live[index]];
      if (!source || !there) return [];
      const seen = { repo: source, live: there, applied: applied.get(wanted.id) ?? null };
      return [{ wanted, seen, kept: basePath(record, seen) }];
    });
    const paths = sides.flatMap(({ kept }) => kept ?? []);
    const kept = paths.length === 0 ? [] : await transports.lookAtFiles(null, paths, options);
    const standings = sides.map(async ({ wanted, seen, kept: path }) => ({
      ...compare(wanted, {
        ...seen,
        base: baseTextOf(
          kept.find((one) => one.path === path),
          seen.applied,
        ),
      }),
      ...(await loadedAs(wanted.admin, seen.live, { transports, options })),
      isRecorded: seen.applied !== null,
      unreadSince: seen.applied?.unreadSince ?? null,
      changedAtMs: seen.live.changedAtMs ?? null,
    }));
    return { files: await Promise.all(standings) };
  },
  // That they were looked at is well; how each stands is said of each.
  judge: () => ({ state: 'up', note: 'compared' }),
  parts: ({ files }: FileFacts): readonly Part[] =>
    files.map(({ id, verdict, note }) => ({
      id,
      kind: 'file',
      name: id,
      verdict: {
        state: stateOfVerdict(verdict),
        note: note === '' ? verdict : `${verdict}: ${note}`,
      },
      facts: {},
    })),
});
