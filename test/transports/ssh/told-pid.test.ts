import { expect, test } from 'vitest';
import { endingOf, tellingPid, withoutPid } from '../../../src/transports/ssh/told-pid.ts';

test('a command tells its process id first, and hands on exactly its words', () => {
  expect(tellingPid(['echo', "it's"])).toBe(
    `exec 'sh' '-c' 'echo "joelclaw-pid:$$" >&2; exec env LC_ALL=C "$@"' 'sh' 'echo' 'it'\\''s'`,
  );
});

test('it is ended by what it has told, and that is no part of what it says', () => {
  const said = 'a banner\njoelclaw-pid:4242\nerr\n';
  expect(endingOf(said)).toBe(`exec 'sh' '-c' 'kill -KILL -4242 2>/dev/null || kill -KILL 4242'`);
  expect(withoutPid(said)).toBe('a banner\nerr\n');
  expect(endingOf('a banner\njoelclaw-pid:42')).toBeNull();
});
