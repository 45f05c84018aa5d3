import { expect, it } from 'vitest';
import type { HostTrust, ShownKey } from '../../src/model/host-trust.ts';
import { shownKeysText, trustedText } from '../../src/outputs/trust-text.ts';

const key = (more: Partial<ShownKey> = {}): ShownKey => ({
  ...{ type: 'ssh-ed25519', fingerprint: 'SHA256:aaa', state: 'new', was: [], tailscale: null },
  ...more,
});
const trust = (more: Partial<HostTrust> = {}): HostTrust =>
  ({
    ...{ host: 'box', name: 'box.example', keys: [key()], pinned: [], file: '~/known_hosts' },
    ...{ stale: [], dryRun: false },
    ...more,
  }) as HostTrust;

it('shows the keys of a host, beside what is known and what Tailscale tells', () => {
  const text = shownKeysText(trust(), false);
  expect(text).toContain('box (box.example) shows:\n');
  expect(text).toMatch(/\? ssh-ed25519 +SHA256:aaa +new/);
  expect(text).not.toContain('BY TAILSCALE');
  const keys = [key({ tailscale: true, state: 'changed', was: ['SHA256:old'] }), key()];
  const told = shownKeysText(trust({ keys }), false);
  expect(told).toMatch(/✕ ssh-ed25519 +SHA256:aaa +the same +changed +SHA256:old/);
  expect(told).toMatch(/SHA256:aaa +not told +new/);
});

it.each<[Partial<HostTrust>, string]>([
  [{}, 'box is trusted already: nothing was written\n'],
  [{ pinned: ['SHA256:aaa'] }, 'pinned in ~/known_hosts: SHA256:aaa\n'],
  [{ pinned: ['SHA256:aaa'], dryRun: true }, 'would be pinned in ~/known_hosts: SHA256:aaa\n'],
  [
    { pinned: ['SHA256:aaa'], stale: ['/etc/ssh/known_hosts:3'] },
    'pinned in ~/known_hosts: SHA256:aaa\nanother key of it still lets in: take it out of /etc/ssh/known_hosts:3\n',
  ],
])('tells what was pinned (%#)', (more, text) => {
  expect(trustedText(trust(more))).toBe(text);
});
