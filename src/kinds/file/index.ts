import * as z from 'zod';
import { type Applied, parseApplied } from '../../model/applied.ts';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import { stateOfVerdict } from '../../model/file-verdict.ts';
import type { Part } from '../../model/result.ts';
import type { FileSeen } from '../../transports/contract-files.ts';
import { defineKind } from '../contract.ts';
import { basePath, type Compared, compare } from './compare.ts';

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
    }),
  ),
  /** Where it is kept what was applied last, on this machine; null where nobody keeps it. */
  record: z.string().nullable().default(null),
});

interface FileFacts {
  readonly files: readonly Compared[];
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

function textOf(seen: FileSeen | undefined): string | null {
  return seen?.isThere && !seen.fault ? seen.text : null;
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
    return {
      files: sides.map(({ wanted, seen, kept: path }) =>
        compare(wanted, { ...seen, base: textOf(kept.find((one) => one.path === path)) }),
      ),
    };
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
