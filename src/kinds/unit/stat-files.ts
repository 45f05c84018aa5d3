import type { Machine } from '../../transports/contract.ts';
import type { ObserveContext } from '../contract.ts';
import { orNull } from './or-null.ts';

/** Of the path itself: a link is told to be one. */
export interface FileStat {
  readonly isLink: boolean;
  readonly sizeBytes: number;
  readonly writtenMs: number;
}

export type FileStats = ReadonlyMap<string, FileStat>;

/**
 * What stat(1) says of files, BSD's or GNU's: one program, as a file on a mount that hangs must not
 * hold up who asks. A file that is missing makes it exit with 1; the others are told all the same.
 */
export async function statFiles(
  paths: readonly string[],
  system: Machine['system'],
  context: ObserveContext,
): Promise<FileStats> {
  const files = [...new Set(paths)].filter((path) => /^\/(?!dev\/)/.test(path));
  if (files.length === 0) return new Map();
  const isMac = system === 'darwin';
  const how = isMac ? (['-f', '%z %m %HT:%N'] as const) : (['-c', '%s %Y %F:%n'] as const);
  const argv = [isMac ? '/usr/bin/stat' : 'stat', ...how, '--', ...files] as const;
  const { host, transports, options } = context;
  const output = await orNull(transports.exec({ on: host, argv }, options), context);
  const rows = [...(output?.stdout ?? '').matchAll(/^(\d{1,15}) (\d{1,12}) ([^:]*):(\/.*)$/gm)];
  return new Map(
    rows.map(([, size, seconds, type = '', path = '']) => [
      path,
      {
        isLink: /^symbolic link$/i.test(type),
        sizeBytes: Number(size),
        writtenMs: Number(seconds) * 1000,
      },
    ]),
  );
}
