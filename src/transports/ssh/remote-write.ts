import { createHash } from 'node:crypto';
import { FaultError } from '../../model/errors.ts';
import { type Fault, faultOf } from '../../model/fault.ts';
import type { ExecOutput } from '../contract.ts';
import type { WriteRequest } from '../contract-files.ts';
import { becameAnother, isLink, isNoFile, mayNotWrite } from '../write-faults.ts';

/** What the script ends with where it has written nothing: none of it is a code of a shell. */
const ends = { link: 91, another: 92, cut: 93, noSum: 94, noFile: 95 } as const;

/**
 * Replaces a file as a whole, by a new one in its folder that takes its name when it is there to the
 * last byte. `$1` path, `$2` mode or nothing, `$3` and `$4` the SHA-256 of what is there and of what comes;
 * nothing stands for no file. `$5` is whose it is to be, nothing that of what is there. Programs: of any system, and whichever of three knows SHA-256.
 */
const script = `path=$1 mode=$2 was=$3 new=$4 owner=$5
case $path in "~/"*) path="$HOME/\${path#??}";; esac
sum() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum <"$1"
  elif command -v shasum >/dev/null 2>&1; then shasum -a 256 <"$1"
  elif command -v openssl >/dev/null 2>&1; then openssl dgst -sha256 -r <"$1"
  else return ${ends.noSum}; fi | cut -c 1-64
}
if [ -h "$path" ]; then exit ${ends.link}; fi
if [ -e "$path" ] && [ ! -f "$path" ]; then exit ${ends.noFile}; fi
now=
if [ -e "$path" ]; then now=$(sum "$path") || exit $?; fi
if [ "$now" != "$was" ]; then exit ${ends.another}; fi
dir=\${path%/*}
if [ -z "$new" ]; then rm -f -- "$path" || exit; sync "$dir" 2>/dev/null || sync; exit 0; fi
mkdir -p -- "$dir" || exit
tmp=$dir/.joelclaw-$$.tmp
trap 'rm -f -- "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
(umask 077; set -C; cat >"$tmp") || exit
if [ "$(sum "$tmp")" != "$new" ]; then exit ${ends.cut}; fi
if [ -z "$owner" ] && [ -e "$path" ]; then
  set -- $(ls -ldn -- "$path")
  owner=$3:$4
fi
if [ -n "$owner" ] && [ "$(id -u)" = 0 ]; then chown "$owner" "$tmp" || exit; fi
chmod "$mode" "$tmp" || exit
sync "$tmp" 2>/dev/null || sync
mv -f -- "$tmp" "$path" || exit
sync "$dir" 2>/dev/null || sync`;

/** A write on a host: what to run there, and how to read what became of it. */
interface RemoteWrite {
  readonly argv: readonly [string, ...string[]];
  readonly input: string;
  /** Throws a FaultError where nothing was written. */
  read(output: ExecOutput): void;
}

/** One program that writes a file, or takes it away. */
export function writeFileThere({
  path,
  text,
  mode,
  was,
  owner,
}: Omit<WriteRequest, 'on'>): RemoteWrite {
  const sum = text === null ? '' : createHash('sha256').update(text).digest('hex');
  return {
    argv: ['sh', '-c', script, 'sh', path, mode, was ?? '', sum, owner ?? ''],
    input: text ?? '',
    read: ({ exitCode, stderr }) => {
      if (exitCode !== 0) throw new FaultError(writeFault(path, exitCode, stderr));
    },
  };
}

function writeFault(path: string, exitCode: number | null, stderr: string): Fault {
  if (exitCode === ends.link) return isLink(path);
  if (exitCode === ends.noFile) return isNoFile(path);
  if (exitCode === ends.another) return becameAnother(path);
  if (exitCode === ends.cut)
    return faultOf('protocol', `${path}: what was sent did not arrive whole`);
  if (exitCode === ends.noSum) {
    return faultOf('tool-missing', `${path} cannot be compared there: it has no SHA-256`, {
      hint: 'install sha256sum, shasum or openssl there',
    });
  }
  if (/permission denied|not permitted|read-only/i.test(stderr)) return mayNotWrite(path, stderr);
  const said = stderr.trim().split('\n').at(-1)?.slice(0, 160) ?? '';
  return faultOf('protocol', `${path} could not be written${said === '' ? '' : `: ${said}`}`);
}
