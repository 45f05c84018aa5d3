import { type Fault, faultOf } from '../../model/fault.ts';
import { fingerprintOf, type KeyVerdict } from './judge-host-key.ts';
import { keyTypeOf } from './known-hosts.ts';
import { commandFor, nameOf, type SshPlace, trustStep } from './place.ts';

/** Why a host's key is not accepted; null when it is. */
export function hostKeyFault(verdict: KeyVerdict, place: SshPlace, key: Buffer): Fault | null {
  if (verdict.is === 'known') return null;
  const shown = `${keyTypeOf(key)} ${fingerprintOf(key)}`;
  const { message, hint } = wordsOf(verdict, place, shown);
  return faultOf('host-key', message, { hint });
}

/** Where the host's own fingerprints are read, to be compared by eye. */
const compare = 'compare it with `ssh-keygen -lf /etc/ssh/ssh_host_…_key.pub` on the host itself';

function wordsOf(
  verdict: Exclude<KeyVerdict, { is: 'known' }>,
  place: SshPlace,
  shown: string,
): { readonly message: string; readonly hint: string } {
  const name = nameOf(place);
  switch (verdict.is) {
    case 'revoked':
      return {
        message: `the key of ${name} (${shown}) is revoked in ${verdict.at}`,
        hint: 'do not log in there: whoever holds this key may stand in between',
      };
    case 'changed':
      return {
        message: `the key of ${name} has changed: ${shown} is not the one in ${verdict.at}`,
        hint: `do not log in before you know why; ${compare}, then ${trustStep(place, ' --replace') ?? 'replace that line'}`,
      };
    case 'authority':
      return {
        message: `the key of ${name} (${shown}) is known only by the authority in ${verdict.at}`,
        hint: 'set `client: openssh` for this host: certificates are checked by the system’s ssh',
      };
    case 'unknown': {
      const other =
        verdict.types.length > 0 ? `, which is known by ${verdict.types.join(', ')}` : '';
      return {
        message: `the key ${shown} of ${name}${other} is not known`,
        hint: `${compare}, then ${trustStep(place) ?? `accept it once with: ${commandFor(place)}`}`,
      };
    }
  }
}
