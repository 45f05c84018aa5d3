import type { HostTrust, ShownKey } from '../model/host-trust.ts';
import type { State } from '../model/state.ts';
import { type Row, table } from './tables.ts';

const states: Readonly<Record<ShownKey['state'], State>> = {
  pinned: 'up',
  known: 'up',
  new: 'unknown',
  changed: 'down',
  revoked: 'down',
};

/** The keys that a host shows, beside what was known of it and what Tailscale tells. */
export function shownKeysText({ host, name, keys }: HostTrust, color: boolean): string {
  const tellsTailscale = keys.some(({ tailscale }) => tailscale !== null);
  const rows = keys.map(({ type, fingerprint, state, was, tailscale }): Row => {
    const beside = tellsTailscale ? [tailscale ? 'the same' : 'not told'] : [];
    return [states[state], type, fingerprint, ...beside, state, was.join(', ')];
  });
  const head = [
    ...['KEY', 'FINGERPRINT', ...(tellsTailscale ? ['BY TAILSCALE'] : [])],
    ...['STATE', 'KNOWN AS'],
  ];
  const own =
    'On the host itself: for f in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -lf $f; done';
  return `${host} (${name}) shows:\n${table(head, rows, color)}${own}\n`;
}

/** What came of it. */
export function trustedText({ host, pinned, file, stale, dryRun }: HostTrust): string {
  if (pinned.length === 0) return `${host} is trusted already: nothing was written\n`;
  const words = dryRun ? 'would be pinned' : 'pinned';
  const old =
    stale.length === 0
      ? ''
      : `another key of it still lets in: take it out of ${stale.join(', ')}\n`;
  return `${words} in ${file}: ${pinned.join(', ')}\n${old}`;
}
