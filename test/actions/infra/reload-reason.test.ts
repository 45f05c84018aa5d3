import { expect, it } from 'vitest';
import { reloadReason } from '../../../src/actions/infra/reload-reason.ts';
import type { AppliedFile } from '../../../src/model/applied.ts';
import type { FileKind } from '../../../src/model/inventory.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import type { CheckReport } from '../../../src/model/report.ts';

const at = '2026-02-18T09:00:00.000Z';
const recorded: AppliedFile = {
  ...{
    sha256: 'aa',
    mode: null,
    at,
    apply: 'x',
    unreadSince: at,
    place: null,
    keys: null,
    kept: null,
  },
};
const unit = (facts: JsonObject): CheckReport => ({
  ...{ id: 'here/web/systemd', kind: 'systemd', name: 'systemd', state: 'up', note: '' },
  ...{ latencyMs: null, at, since: null, because: null, fault: null, facts },
  streak: { toward: null, n: 0, of: 3 },
});

it.each<[FileKind, JsonObject | null, boolean | null, AppliedFile | null, string | null]>([
  ['launchd', { domain: null }, null, null, 'it is not loaded'],
  [
    'launchd',
    { domain: 'gui/501', fileDiffers: ['Program'] },
    null,
    null,
    'launchd has loaded another Program',
  ],
  ['launchd', { domain: 'gui/501', fileDiffers: [] }, null, null, null],
  ['systemd', { loadState: 'not-found' }, null, null, 'systemd has not read it yet'],
  [
    'systemd',
    { loadState: 'loaded', needsDaemonReload: true },
    null,
    null,
    'systemd has not read it yet',
  ],
  ['systemd', { loadState: 'loaded', needsDaemonReload: false }, null, null, null],
  ['file', { loadState: 'not-found' }, null, null, null],
  ['caddyfile', null, false, null, 'Caddy runs with another configuration'],
  ['caddyfile', null, true, recorded, null],
  ['caddyfile', null, null, null, null],
  ['env', null, null, recorded, `what runs was not started anew since it was written at ${at}`],
  ['env', { activeSince: '2026-02-18T09:00:05.000Z' }, null, recorded, null],
  [
    'env',
    { activeSince: '2026-02-18T08:00:00.000Z' },
    null,
    recorded,
    `what runs was not started anew since it was written at ${at}`,
  ],
  ['file', { startedAtMs: Date.parse(at) + 5000 }, null, recorded, null],
  [
    'file',
    { startedAtMs: Date.parse(at) + 1000 },
    null,
    recorded,
    `what runs was not started anew since it was written at ${at}`,
  ],
  ['file', {}, null, null, null],
])('%s of a unit with %j, loaded by Caddy: %j', (kind, facts, isLoaded, entry, reason) => {
  const seen = facts === null ? null : unit(facts);
  expect(reloadReason({ kind, recorded: entry, unit: seen, isLoaded })).toBe(reason);
});
