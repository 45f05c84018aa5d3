import { describe, expect, it } from 'vitest';
import { parseJumps } from '../../../src/transports/ssh/jump.ts';
import { expandPath, parseSettings, settingOf } from '../../../src/transports/ssh/ssh-settings.ts';

describe('What ssh -G prints', () => {
  const settings = parseSettings(
    'host x\nhostname 10.0.0.1\nidentityfile ~/.ssh/a\nidentityfile ~/.ssh/b c\nproxyjump none\nlogverbose\n',
  );

  it('is read line by line, several values of a key in their order', () => {
    expect(settingOf(settings, 'hostname')).toBe('10.0.0.1');
    expect(settings.get('identityfile')).toEqual(['~/.ssh/a', '~/.ssh/b c']);
  });

  it('says of what is not set that it is not', () => {
    expect(settingOf(settings, 'proxyjump')).toBeNull();
    expect(settingOf(settings, 'hostkeyalias')).toBeNull();
    expect(settingOf(settings, 'logverbose')).toBeNull();
  });

  it('has paths with tokens', () => {
    const tokens = {
      home: '/home/joel',
      hostname: '10.0.0.1',
      alias: 'x',
      port: 2222,
      user: 'root',
      localUser: 'joel',
    };
    expect(expandPath('~/.ssh/%r@%h:%p-%n-%u-%%-%Z', tokens)).toBe(
      '/home/joel/.ssh/root@10.0.0.1:2222-x-joel-%-%Z',
    );
    expect(expandPath('%d/k', tokens)).toBe('/home/joel/k');
  });
});

describe('A jump host', () => {
  it.each([
    ['nas', [{ alias: 'nas', port: null, user: null }]],
    ['joel@nas:2222', [{ alias: 'nas', port: 2222, user: 'joel' }]],
    [
      'a, b:23',
      [
        { alias: 'a', port: null, user: null },
        { alias: 'b', port: 23, user: null },
      ],
    ],
    ['ssh://joel@nas:22/', [{ alias: 'nas', port: 22, user: 'joel' }]],
    ['joel@[fd7a::1]:22', [{ alias: 'fd7a::1', port: 22, user: 'joel' }]],
    ['me@corp@nas', [{ alias: 'nas', port: null, user: 'me@corp' }]],
    ['fd7a::1', [{ alias: 'fd7a::1', port: null, user: null }]],
    ['', []],
  ])('%s is understood', (text, jumps) => {
    expect(parseJumps(text)).toEqual(jumps);
  });
});
