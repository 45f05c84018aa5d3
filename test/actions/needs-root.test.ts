import { describe, expect, it } from 'vitest';
import { asRoot, deedAs } from '../../src/actions/needs-root.ts';
import { deeds as deedsLaunchd } from '../../src/kinds/launchd/deeds.ts';
import { deeds as deedsSystemd } from '../../src/kinds/systemd/deeds.ts';
import { localHost, sshHost } from '../kinds/look.ts';

const failed = { loadState: 'loaded', activeState: 'failed', limitSeconds: 90 };
const unit = { unit: 'web.service', user: false };
const restartOf = (...of: Parameters<typeof deedsSystemd>) => {
  const [deed] = deedsSystemd(...of);
  if (!deed) throw new Error('no restart');
  return deed;
};

describe('a unit of the system', () => {
  it('is not tried by another than root where there is no polkit, and the command is told', () => {
    const { refusal } = deedAs({ uid: 1000, polkit: false }, restartOf(unit, failed), sshHost);
    expect(refusal).toEqual({
      code: 'NEEDS_ROOT',
      message: 'needs root, and joelclaw acts as uid 1000 there',
      hint: "ssh -t -p 2222 nas.local 'sudo systemctl reset-failed web.service && sudo systemctl restart web.service'",
      canForce: false,
    });
  });

  it('is tried where polkit may allow it, which the plan says', () => {
    const { refusal, warnings } = deedAs(
      { uid: 1000, polkit: true },
      restartOf(unit, failed),
      localHost,
    );
    expect(refusal).toBeNull();
    expect(warnings).toEqual([
      'polkit decides whether uid 1000 may; where it does not: sudo systemctl reset-failed web.service && sudo systemctl restart web.service',
    ]);
  });

  it("is root's own, is a user's where it is a user's, and is tried where nobody knows", () => {
    const ofUser = restartOf({ ...unit, user: true }, failed);
    expect(deedAs({ uid: 1000, polkit: false }, ofUser, sshHost)).toBe(ofUser);
    const ofSystem = restartOf(unit, failed);
    expect(deedAs({ uid: 0, polkit: false }, ofSystem, sshHost)).toBe(ofSystem);
    expect(deedAs(null, ofSystem, sshHost)).toBe(ofSystem);
  });
});

describe("a daemon of launchd's system domain", () => {
  const facts = { domain: 'system', path: '/Library/LaunchDaemons/x.plist', pid: 4 };
  const rights = { uid: 501, polkit: false };

  it('needs root for all that there is to be done', () => {
    const codes = deedsLaunchd({ label: 'x' }, facts).map((deed) => {
      const { verb, refusal, needless } = deedAs(rights, deed, localHost);
      return [verb, refusal?.code ?? needless];
    });
    expect(codes).toEqual([
      ['restart', 'NEEDS_ROOT'],
      ['start', 'it runs already'],
      ['stop', 'NEEDS_ROOT'],
      ['enable', 'NEEDS_ROOT'],
      ['disable', 'NEEDS_ROOT'],
    ]);
    const agent = deedsLaunchd({ label: 'x' }, { ...facts, domain: 'gui/501' })[0];
    expect(agent && deedAs(rights, agent, localHost).refusal).toBeNull();
  });

  it('is waited for between out and in, as a person would type it', () => {
    const [restart] = deedsLaunchd({ label: 'x' }, { ...facts, fileDiffers: ['Program'] });
    expect(asRoot(restart?.steps ?? [], localHost)).toBe(
      [
        'sudo /bin/launchctl bootout system/x',
        'while sudo /bin/launchctl print system/x >/dev/null 2>&1; do sleep 1; done',
        'sudo /bin/launchctl bootstrap system /Library/LaunchDaemons/x.plist',
        'sudo /bin/launchctl kickstart system/x',
      ].join(' && '),
    );
  });
});
