import type { HostTrust, ShownKey } from '../../../model/host-trust.ts';
import { envelope } from '../../../outputs/envelope.ts';
import { shownKeysText, trustedText } from '../../../outputs/trust-text.ts';
import { fingerprintOf, keyNamesOf } from '../../../transports/ssh/judge-host-key.ts';
import { readKnownHosts } from '../../../transports/ssh/read-known-hosts.ts';
import { type Command, headOf, sameNetwork, wantsColor } from '../../context.ts';
import { pinnedKeysFile } from '../../state-folder.ts';
import { askName } from '../ask-name.ts';
import { type AuditGround, withHost } from '../with-host.ts';
import { judgeKeys, staleLines } from './judge-keys.ts';
import { pinKeys } from './pin-keys.ts';
import { refused, refuseIfNotAllowed, refuseKeys } from './refusals.ts';
import { directPlace, scanKeys } from './scan-keys.ts';
import { tailscaleKeys } from './tailscale-keys.ts';

/**
 * `audit trust HOST`: shows the keys that a host has, and pins them when somebody has confirmed them.
 * Nothing is ever accepted because it was seen.
 */
export const auditTrust =
  (name: string): Command =>
  (context) =>
    withHost(name, context, async (ground) => {
      refuseIfNotAllowed(ground);
      const place = await directPlace(ground);
      const keys = await scanKeys(ground, place);
      const file = pinnedKeysFile(context);
      const names = keyNamesOf(place.hostname, place.port, place.hostKeyAlias);
      const before = {
        names,
        pinned: await readKnownHosts([file]),
        others: await readKnownHosts(place.knownHosts),
        ofTailscale: await tailscaleKeys(ground, place.hostname),
      };
      const shown = judgeKeys(keys, before);
      const { dryRun, json, replace, fingerprint } = context.options;
      const trust = {
        host: name,
        name: names[0],
        keys: shown,
        pinned: [],
        file,
        stale: staleLines(keys, before),
        dryRun,
      };
      if (!json) await context.write(shownKeysText(trust, wantsColor(context)));
      refuseKeys(shown, ground);
      const wanted = shown.filter((one) => fingerprint === null || one.fingerprint === fingerprint);
      const pinned = wanted.filter(({ state }) => state !== 'pinned');
      if (pinned.length > 0 && !dryRun) {
        await confirm(pinned, ground);
        const chosen = new Set(wanted.map((one) => one.fingerprint));
        await pinKeys(ground, {
          ...{ file, name: names[0], keep: replace ? keys : null },
          keys: keys.filter((key) => chosen.has(fingerprintOf(key))),
        });
      }
      await tell({ ...trust, pinned: pinned.map((one) => one.fingerprint) }, ground);
      return 0;
    });

/** Somebody at a terminal types the name of the host; a script names the fingerprint, which it has from elsewhere. */
async function confirm(keys: readonly ShownKey[], { host, context }: AuditGround): Promise<void> {
  const { yes, fingerprint } = context.options;
  const lists = `joelclaw audit trust ${host.name} --dry-run --json${sameNetwork(context)} lists them`;
  const hint = `${lists}: compare with what the host itself says, then add --yes --fingerprint with the one that is right`;
  if (yes && fingerprint !== null) return;
  if (yes) throw refused('--yes alone confirms no key', 'CONFIRMATION_REQUIRED', hint);
  const which = keys.length === 1 ? 'is this its key' : 'are these its keys';
  await askName(`${which}?`, host.name, context, hint);
}

async function tell(trust: HostTrust, { context }: AuditGround): Promise<void> {
  if (!context.options.json) return context.write(trustedText(trust));
  const answer = { schema: 'joelclaw.audit-trust/v1', ok: true, result: trust };
  await context.write(envelope(headOf(context, `audit trust ${trust.host}`), answer));
}
