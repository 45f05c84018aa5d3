import type { ShownKey } from '../../../model/host-trust.ts';
import { fingerprintOf, judgeHostKey } from '../../../transports/ssh/judge-host-key.ts';
import { isAbout, type KnownHost, keyTypeOf } from '../../../transports/ssh/known-hosts.ts';

/** What is known of a host before it is trusted. */
export interface BeforeTrust {
  readonly names: readonly [string, ...string[]];
  /** Of joelclaw's own file. */
  readonly pinned: readonly KnownHost[];
  /** Of all the others. */
  readonly others: readonly KnownHost[];
  /** As Tailscale tells them of that peer, each as it goes over the wire; none where it does not tell. */
  readonly ofTailscale: readonly Buffer[];
}

/** Lines of other files that name the host with a key that it does not show. */
export function staleLines(
  keys: readonly Buffer[],
  { names, others }: BeforeTrust,
): readonly string[] {
  return others
    .filter((one) => one.marker === 'none' && isAbout(one, names[0]))
    .filter((one) => !keys.some((key) => key.equals(one.key)))
    .map(({ place }) => place);
}

/**
 * How each key that a host shows stands beside what is known. A host that is known and shows no key
 * that is known has changed, also where it shows a key of another type.
 */
export function judgeKeys(keys: readonly Buffer[], before: BeforeTrust): readonly ShownKey[] {
  const { names, pinned, others, ofTailscale } = before;
  const all = [...pinned, ...others];
  const own = all.filter((one) => one.marker === 'none' && isAbout(one, names[0]));
  const isKnown = keys.some((key) => own.some((one) => one.key.equals(key)));
  return keys.map((key) => {
    const verdict = judgeHostKey(all, names, key);
    const shown = {
      type: keyTypeOf(key),
      fingerprint: fingerprintOf(key),
      tailscale: ofTailscale.length === 0 ? null : ofTailscale.some((one) => one.equals(key)),
    };
    if (verdict.is === 'revoked') return { ...shown, state: 'revoked', was: [verdict.at] };
    if (verdict.is === 'known') {
      const isPinned = judgeHostKey(pinned, names, key).is === 'known';
      return { ...shown, state: isPinned ? 'pinned' : 'known', was: [] };
    }
    const ofType = own.filter((one) => keyTypeOf(one.key) === shown.type);
    const instead = ofType.length > 0 ? ofType : isKnown ? [] : own;
    const was = [...new Set(instead.map((one) => fingerprintOf(one.key)))];
    return { ...shown, state: was.length > 0 ? 'changed' : 'new', was };
  });
}
