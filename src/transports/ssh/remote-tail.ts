import { randomBytes } from 'node:crypto';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { ExecOutput } from '../contract.ts';
import type { FileTail, TailRequest } from '../contract-files.ts';
import { pieceAfter, printBytes } from '../tail-place.ts';

/**
 * A file's number and size by `ls`, whether what stands before a place is what stood there, then what
 * stands after it, never more than is wanted. Programs: ls, tail, head, cksum and tr, of any system.
 */
const script = `mark=$1 path=$2 id=$3 offset=$4 print=$5 max=$6
case $path in "~/"*) path="$HOME/\${path#??}";; esac
if listed=$(ls -ildnL -- "$path" 2>&1) && [ -f "$path" ]; then :; else
  printf '%s NONE %s\\n' "$mark" "$listed"
  exit 0
fi
set -- $listed
size=$6 from=0 goes=new
print() {
  if [ "$1" -gt ${printBytes} ]; then at=$(($1 - ${printBytes})); else at=0; fi
  tail -c +$((at + 1)) <"$path" | head -c $(($1 - at)) | cksum | tr ' ' .
}
if [ "$id" = "$1" ] && [ "$offset" -le "$size" ]; then
  if [ "$(print "$offset")" = "$print" ]; then from=$offset goes=on; fi
fi
if [ $((size - from)) -gt "$max" ]; then from=$((size - max)); fi
if [ "$goes" = on ] && [ "$offset" = "$size" ]; then :; else print=$(print "$size"); fi
printf '%s FILE %s %s %s %s\\n' "$mark" "$1" "$size" "$goes" "$print"
if tail -c +$((from + 1)) <"$path" | head -c $((size - from)); then :; fi`;

/** A question for what has been written to a file of a host, and how its answer is read. */
export interface RemoteTail {
  readonly argv: readonly [string, ...string[]];
  read(output: ExecOutput): FileTail;
}

export function tailThere(request: TailRequest): RemoteTail {
  const { path, after, maxBytes } = request;
  const mark = `@@${randomBytes(12).toString('hex')}`;
  const { id: knownId = '-', offset = 0, print: knownPrint = '-' } = after ?? {};
  const place = [knownId, String(offset), knownPrint, String(maxBytes)];
  return {
    argv: ['sh', '-c', script, 'sh', mark, path, ...place],
    read: ({ stdout }) => {
      const told = stdout.slice(Math.max(0, stdout.indexOf(mark)));
      const [, id, size, goes, print = ''] =
        new RegExp(`^${mark} FILE (\\d+) (\\d+) (on|new) (\\S*)\n`).exec(told) ?? [];
      if (id === undefined) throw new FaultError(absence(path, told));
      const seen = { size: Number(size), goesOn: goes === 'on' };
      const { start: _, length: __, ...piece } = pieceAfter(seen, request);
      const place = { id, offset: seen.size, print };
      return { ...piece, place, text: told.slice(told.indexOf('\n') + 1) };
    },
  };
}

function absence(path: string, told: string) {
  const ours = { side: 'prober' } as const;
  if (/permission denied|not permitted/i.test(told)) {
    const hint = 'check its owner and mode';
    return faultOf('forbidden', `${path} may not be read`, { ...ours, hint });
  }
  if (/ NONE /.test(told)) return faultOf('not-found', `${path} does not exist`, ours);
  return faultOf('protocol', `the look at ${path} was cut off`, ours);
}
