/**
 * Has systemd of a host read a unit that comes by standard input, under its name ($1), and says what it
 * thinks of it. A folder for that lies in memory there while it is read, and is taken away.
 */
export const unitCheckScript = String.raw`LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH
umask 077
command -v systemd-analyze >/dev/null || { echo "missing systemd-analyze"; exit 0; }
[ -d /dev/shm ] && TMPDIR=/dev/shm && export TMPDIR
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cat >"$folder/$1" || exit 1
said=$(timeout 20 systemd-analyze verify --man=no "$folder/$1" 2>&1)
echo "rc $?"
printf '%s\n' "$said" | head -n 50 | sed 's/^/|/'
timeout 20 systemd-analyze security --offline=true --no-pager "$folder/$1" 2>/dev/null |
  sed -n 's/.*Overall exposure level for .*: \([0-9.]*\) .*/exposure \1/p'
echo done
`;

export interface UnitChecked {
  /** What systemd there has against it, a line each. */
  readonly troubles: readonly string[];
  /** 0 is safe, 10 is not; null where it does not tell. */
  readonly exposure: number | null;
}

/** Any word of `verify` is against the unit: of an unknown key it says one and exits with 0. */
export function readUnitCheck(output: string): UnitChecked {
  const lines = output.split('\n');
  if (lines[0]?.startsWith('missing ')) {
    return { troubles: ['there is no systemd-analyze there'], exposure: null };
  }
  const said = lines.flatMap((line) => (/^\|.*\S/.test(line) ? [line.slice(1).trim()] : []));
  const isWhole = lines.includes('done');
  const code = /^rc (\d+)$/m.exec(output)?.[1];
  const silent = code === '0' ? [] : [`systemd-analyze verify ended with ${code ?? 'nothing'}`];
  const exposure = /^exposure ([\d.]+)$/m.exec(output)?.[1];
  return {
    troubles: [
      ...(said.length > 0 ? said : silent),
      ...(isWhole ? [] : ['its answer was cut off']),
    ],
    exposure: exposure === undefined ? null : Number(exposure),
  };
}
