import * as z from 'zod';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import { stateOfVerdict } from '../../model/file-verdict.ts';
import type { Part } from '../../model/result.ts';
import { defineKind } from '../contract.ts';
import { lookAtManifests, type ManifestStanding } from '../k8s/objects/look-at.ts';

const spec = z.strictObject({
  cluster: z.string(),
  files: z.array(
    z.strictObject({
      id: z.string(),
      source: z.string(),
      /** The same on this machine, written out. */
      sourcePath: z.string(),
    }),
  ),
});

interface ManifestFacts {
  readonly files: readonly Omit<ManifestStanding, 'objects'>[];
}

/** The manifests of one cluster beside what it has of them, by dry runs: nothing is changed by it. */
export const manifests = defineKind({
  kind: 'manifests',
  summary: 'A cluster has what the manifests of the repo say, by dry runs. Made from `files`.',
  intervalMs: 60_000,
  spec,
  observe: async ({ files }, { cluster, transports, options }): Promise<ManifestFacts> => {
    if (!cluster) throw new FaultError(faultOf('not-found', 'its cluster is not in the inventory'));
    const paths = files.map(({ sourcePath }) => sourcePath);
    const sources = await transports.lookAtFiles(null, paths, options);
    const found = files.map(({ id, source }, index) => ({ id, source, seen: sources[index] }));
    const standings = await lookAtManifests(found, { cluster, transports, options });
    return { files: standings.map(({ objects: _, ...standing }) => standing) };
  },
  // That they were looked at is well; how each stands is said of each.
  judge: () => ({ state: 'up', note: 'compared' }),
  parts: ({ files }: ManifestFacts): readonly Part[] =>
    files.map(({ id, verdict, note }) => ({
      ...{ id, kind: 'file', name: id, facts: {} },
      verdict: {
        state: stateOfVerdict(verdict),
        note: note === '' ? verdict : `${verdict}: ${note}`,
      },
    })),
});
