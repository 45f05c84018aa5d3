import * as z from 'zod';
import { stateOfVerdict } from '../../model/file-verdict.ts';
import type { Part } from '../../model/result.ts';
import { defineKind } from '../contract.ts';
import { type Compared, compare } from './compare.ts';

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
});

interface FileFacts {
  readonly files: readonly Compared[];
}

/** The managed files of one host beside those of the repo, all of them in one exchange. */
export const file = defineKind({
  kind: 'file',
  summary: 'What stands on a host is what the repo says. Made from `files`.',
  intervalMs: 60_000,
  onHost: true,
  spec,
  observe: async ({ files }, { host, transports, options }): Promise<FileFacts> => {
    const [repo, live] = await Promise.all([
      transports.lookAtFiles(
        null,
        files.map(({ sourcePath }) => sourcePath),
        options,
      ),
      transports.lookAtFiles(
        host,
        files.map(({ destination }) => destination),
        options,
      ),
    ]);
    return {
      files: files.flatMap((wanted, index) => {
        const [source, there] = [repo[index], live[index]];
        return source && there ? [compare(wanted, source, there)] : [];
      }),
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
