import { describe, expect, it } from 'vitest';
import { type ItemSeen, planItem } from '../../../src/actions/infra/plan-items.ts';
import type { AppliedFile } from '../../../src/model/applied.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { ManagedFile } from '../../../src/model/inventory.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import type { CheckReport } from '../../../src/model/report.ts';
import type { FileSeen } from '../../../src/transports/contract-files.ts';

const file: ManagedFile = {
  ...{ id: 'file/run', kind: 'file', source: 'infra/run', host: 'here', cluster: null },
  ...{ destination: '/srv/run', mode: null, service: 'here/web', admin: null },
};
const seen = (text: string, more: Partial<FileSeen> = {}): FileSeen => ({
  ...{ path: '/srv/run', isThere: true, isLink: false, mode: '0644', owner: null },
  ...{ text, sha256: `sum of ${text}`, fault: null, ...more },
});
const absent = seen('', { isThere: false, mode: null, sha256: null });
const recorded = (text: string, more: Partial<AppliedFile> = {}): AppliedFile => ({
  ...{ sha256: `sum of ${text}`, mode: null, at: '2026-02-18T09:00:00.000Z', apply: 'x' },
  ...{ unreadSince: null, place: null, keys: null, kept: null, ...more },
});

interface Standing {
  readonly repo: FileSeen;
  readonly live: FileSeen;
  readonly applied: AppliedFile | null;
}

function plan(
  { repo, live, applied }: Standing,
  more: Partial<ItemSeen> = {},
  overwriteDrift = false,
) {
  const one: ItemSeen = {
    ...{ file, seen: { repo, live }, why: '', recorded: applied, unit: null },
    ...{ isManaged: true, isLoaded: null, ...more },
  };
  return planItem(one, { overwriteDrift });
}

const drift = { repo: seen('a'), live: seen('b'), applied: recorded('a') };
const conflict = { repo: seen('c'), live: seen('b'), applied: recorded('a') };
const unmanaged = { repo: seen('a'), live: seen('b'), applied: null };

describe('what an apply would do about a file', () => {
  it.each<[string, Standing, string, string]>([
    [
      'is as the repo says and recorded',
      { repo: seen('a'), live: seen('a'), applied: recorded('a') },
      'in-sync',
      'none',
    ],
    [
      'is as the repo says and never was applied',
      { repo: seen('a'), live: seen('a'), applied: null },
      'in-sync',
      'record',
    ],
    [
      'was made so by others',
      { repo: seen('b'), live: seen('b'), applied: recorded('a') },
      'converged',
      'record',
    ],
    [
      'is behind the repo',
      { repo: seen('b'), live: seen('a'), applied: recorded('a') },
      'pending',
      'write',
    ],
    ['is not there', { repo: seen('a'), live: absent, applied: null }, 'missing', 'create'],
    ['was edited', drift, 'drift', 'left'],
    ['was edited on both sides', conflict, 'conflict', 'left'],
    ['differs and never was applied', unmanaged, 'unmanaged', 'left'],
    [
      'cannot be read',
      { repo: seen('a'), live: seen('', { fault: faultOf('forbidden', 'no') }), applied: null },
      'unknown',
      'left',
    ],
    [
      'is a link',
      { repo: seen('b'), live: seen('a', { isLink: true }), applied: recorded('a') },
      'conflict',
      'left',
    ],
  ])('that %s', (_what, standing, verdict, action) => {
    expect(plan(standing).item).toMatchObject({ verdict, action });
  });

  it.each([
    ['drift', drift],
    ['conflict', conflict],
    ['unmanaged', unmanaged],
  ])('that is %s only a flag overwrites', (_what, standing) => {
    const { item, write } = plan(standing, {}, true);
    expect(item.action).toBe('write');
    const text = standing.repo.text;
    expect(write).toMatchObject({ text, was: 'sum of b', before: { text: 'b', mode: '0644' } });
  });

  it('is the same with a flag where it cannot be read, or is a link', () => {
    const unread = seen('', { fault: faultOf('timeout', 'no answer') });
    expect(plan({ ...unmanaged, live: unread }, {}, true).item.action).toBe('left');
    expect(plan({ ...unmanaged, live: seen('b', { isLink: true }) }, {}, true).item.action).toBe(
      'left',
    );
  });

  it('starts anew what has not read it, where somebody can', () => {
    const same = { repo: seen('a'), live: seen('a') };
    const applied = recorded('a', { unreadSince: '2026-02-18T09:00:00.000Z' });
    expect(plan({ ...same, applied }).item).toMatchObject({ action: 'reload', reloadNeeded: true });
    expect(plan({ ...same, applied }, { isManaged: false }).item).toMatchObject({
      ...{ action: 'left', reloadNeeded: true, verdict: 'in-sync' },
    });
  });
});

describe('what an apply would do about what runs', () => {
  const same = { repo: seen('a'), live: seen('a'), applied: recorded('a') };
  const unitOf = (facts: JsonObject, fault: CheckReport['fault'] = null): CheckReport => ({
    ...{ id: 'here/web/systemd', kind: 'systemd', name: 'systemd', state: 'unknown', note: '' },
    ...{
      latencyMs: null,
      at: null,
      since: null,
      unwatchedUntil: null,
      because: null,
      fault,
      facts,
    },
    streak: { toward: null, n: 0, of: 3 },
  });
  const unit: Partial<ItemSeen> = { file: { ...file, kind: 'systemd' } };
  const off = { unitType: 'service', serviceType: 'simple', loadState: 'loaded' };

  it('is nothing where it cannot be looked at: that is not known, and never in sync', () => {
    const blind = unitOf({}, faultOf('tool-missing', 'here has no launchd'));
    expect(plan(same, { ...unit, unit: blind }).item).toMatchObject({
      ...{ verdict: 'unknown', action: 'left', reloadNeeded: false },
      note: 'what runs could not be looked at: here has no launchd',
    });
  });

  it('starts a unit that hands have stopped', () => {
    const stopped = unitOf({ ...off, activeState: 'inactive', unitFileState: 'enabled' });
    expect(plan(same, { ...unit, unit: stopped }).item).toMatchObject({
      ...{ verdict: 'in-sync', action: 'reload', note: 'reload-needed: its unit is stopped' },
    });
  });

  it('leaves what hands have added to a unit, with a flag too', () => {
    const dropIns = ['/etc/systemd/system/web.service.d/x.conf'];
    const added = { ...unit, unit: unitOf({ ...off, activeState: 'active', dropIns }) };
    expect(plan(same, added).item).toMatchObject({ verdict: 'drift', action: 'left' });
    expect(plan(same, added, true)).toMatchObject({ item: { action: 'left' }, write: null });
  });
});

describe('what an apply would do about an environment', () => {
  const env: Partial<ItemSeen> = { file: { ...file, id: 'env/web', kind: 'env' } };
  const example = seen('# names\nKEY=\nURL=http://here\n');

  it('creates it for its owner alone, with what has a default', () => {
    const { item, write } = plan({ repo: example, live: absent, applied: null }, env);
    expect(item).toMatchObject({ action: 'create', note: 'not there; needs a value: KEY' });
    expect(write).toMatchObject({
      mode: '0600',
      text: '# names\n# wants a value: KEY=\nURL=http://here\n',
    });
  });

  it('appends what it lacks and changes no line', () => {
    const live = seen('OTHER=s3cret', { mode: '0600' });
    const { item, write, change } = plan({ repo: example, live, applied: null }, env, true);
    expect(item).toMatchObject({ verdict: 'pending', action: 'append' });
    expect(write?.text).toBe('OTHER=s3cret\nURL=http://here\n');
    expect(JSON.stringify([item, change])).not.toContain('s3cret');
  });

  it('leaves what only a person can fill in', () => {
    const live = seen('URL=x\n', { mode: '0600' });
    expect(plan({ repo: example, live, applied: null }, env, true).item).toMatchObject({
      ...{ verdict: 'pending', action: 'left', note: 'it lacks KEY; needs a value: KEY' },
    });
  });

  it('of names that nobody has declared only the mode is changed, with a flag', () => {
    const live = seen('KEY=1\nURL=x\nMORE=2\n', { mode: '0644' });
    expect(plan({ repo: example, live, applied: null }, env).item.action).toBe('left');
    expect(plan({ repo: example, live, applied: null }, env, true).write).toMatchObject({
      ...{ text: live.text, mode: '0600' },
    });
  });
});
