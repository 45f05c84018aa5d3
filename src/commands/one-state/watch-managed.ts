import { basename, dirname, join } from 'node:path';
import { filesKind, manifestsKind } from '../../model/explain-drift.ts';
import { pathOf } from '../../model/inventory.ts';
import { withHome } from '../../transports/files.ts';
import type { OpenNetwork } from '../open-network.ts';
import { watchFolder } from '../watch-folder.ts';

/** An editor writes, renames and sets modes: all of that is one change. */
const settledMs = 300;

/**
 * Says which checks of files should be asked anew as soon as one of the repo's files, or of this
 * machine's, changes. Folders are watched, as a file that is replaced is another one; one that is not
 * there, or cannot be watched, is left to the checks' own pace. Returns what ends it.
 */
export function watchManaged(
  { network, rootPath }: OpenNetwork,
  askNow: (checks: readonly string[]) => void,
): () => void {
  if (rootPath === null) return () => {};
  const { files, hosts } = network.inventory;
  const here = new Set(hosts.filter(({ access }) => access === 'local').map(({ name }) => name));
  const places = files.flatMap((file) => {
    const check = network.checks.find(({ kind, host, id }) =>
      file.kind === 'k8s'
        ? kind === manifestsKind && id.endsWith(`:${file.cluster}`)
        : kind === filesKind && host === file.host,
    );
    const live = file.host !== null && here.has(file.host) ? pathOf(file) : null;
    const paths = [join(rootPath, file.source), ...(live === null ? [] : [withHome(live)])];
    return check ? paths.map((path) => ({ path, check: check.id })) : [];
  });
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  const tell = (check: string): void => {
    changed.add(check);
    timer ??= setTimeout(() => {
      timer = null;
      const checks = [...changed];
      changed.clear();
      askNow(checks);
    }, settledMs).unref();
  };
  const byFolder = Map.groupBy(places, ({ path }) => dirname(path));
  const watchers = [...byFolder].flatMap(([folder, inIt]) =>
    watchFolder(folder, (name) => {
      for (const { path, check } of inIt) {
        if (name === null || name === basename(path)) tell(check);
      }
    }),
  );
  return () => {
    if (timer) clearTimeout(timer);
    for (const one of watchers) one.close();
  };
}
