/** What a control group tells of a process, from the innermost on. */
export interface Place {
  readonly path: string;
  /** Of systemd itself: `pdf-brain.service`. */
  readonly unit: string | null;
  /** Whose user manager it is under, by the number of the user. */
  readonly userManager: number | null;
  /** Of that manager: `pdf-brain.service`, `tmux-spawn-….scope`. */
  readonly userUnit: string | null;
  /** Whose login session it is in. */
  readonly session: number | null;
}

/** `/system.slice/nginx.service` */
export function placeOf(path: string): Place {
  const parts = path.split('/').filter((part) => part !== '');
  const at = parts.findIndex((part) => /^user@\d+\.service$/.test(part));
  const isUnit = (part: string): boolean => /\.(?:service|scope|socket)$/.test(part);
  const [, manager] = /^user@(\d+)\.service$/.exec(parts[at] ?? '') ?? [];
  const [, owner] = /\/user-(\d+)\.slice\//.exec(path) ?? [];
  const isSession = parts.some((part) => /^session-\w+\.scope$/.test(part));
  return {
    path,
    unit: at < 0 && !isSession ? (parts.findLast(isUnit) ?? null) : null,
    userManager: manager === undefined ? null : Number(manager),
    userUnit: at < 0 ? null : (parts.slice(at + 1).findLast(isUnit) ?? null),
    session: isSession && owner !== undefined ? Number(owner) : null,
  };
}

const telling = /docker|libpod|kubepods|lxc|machine/;

/**
 * The one path of the lines of `/proc/P/cgroup` that tells something: that of systemd's own hierarchy
 * (version 1, or beside version 2), that of version 2, else one that names a container.
 */
export function cgroupOf(lines: readonly string[]): string | null {
  const paths = lines.map((line) => line.split(':'));
  const pathOf = (wanted: (names: string, id: string) => boolean): string | undefined =>
    paths
      .filter(([id = '', names = '']) => wanted(names, id))
      .map(([, , ...path]) => path.join(':'))
      .find((path) => path !== '/' && path !== '');
  const any = paths.map(([, , ...path]) => path.join(':')).find((path) => telling.test(path));
  return (
    pathOf((names) => names === 'name=systemd') ??
    pathOf((names, id) => id === '0' && names === '') ??
    any ??
    (paths.length > 0 ? '/' : null)
  );
}
