import { describe, expect, test } from 'vitest';
import { hideSecrets } from '../../src/model/hide-secrets.ts';

describe('a secret in a command', () => {
  test.each([
    ['x --password s3cr3t run', 'x --password (hidden) run'],
    ['x --api-key "s3 cr3t" -v', 'x --api-key (hidden) -v'],
    ["x --requirepass 's3cr3t'", 'x --requirepass (hidden)'],
    ['x --auth=s3cr3t -v', 'x --auth=(hidden) -v'],
    ['["--pass", "s3cr3t"]', '["--pass", "(hidden)"]'],
    ['- --requirepass\n- s3cr3t\n- end', '- --requirepass\n- (hidden)\n- end'],
    [
      '<string>--password</string>\n\t<string>s3cr3t</string>',
      '<string>--password</string>\n\t<string>(hidden)</string>',
    ],
    ['curl -u joel:s3cr3t http://x', 'curl -u joel:(hidden) http://x'],
    ['curl -ujoel:s3cr3t http://x', 'curl -ujoel:(hidden) http://x'],
    ['curl --user "joel:s3 cr3t" x', 'curl --user "joel:(hidden)" x'],
    ['PGPASS=s3cr3t psql', 'PGPASS=(hidden)'],
    ['redis-cli -h x -a s3cr3t ping', 'redis-cli -h x -a (hidden) ping'],
    ['mysqldump -u root -ps3cr3t db', 'mysqldump -u root -p(hidden) db'],
    ['sshpass -p s3cr3t ssh x', 'sshpass -p (hidden) ssh x'],
    ['requirepass s3cr3t', 'requirepass (hidden)'],
    ['curl -H "X-Api-Key: s3cr3t"', 'curl -H "X-Api-Key: (hidden)'],
    ['"Authorization: Basic am9lbDpz"', '"Authorization: (hidden)"'],
    [
      'curl https://hooks.slack.com/services/T0/B0/x',
      'curl https://hooks.slack.com/services/(hidden)',
    ],
    ['https://discord.com/api/webhooks/1/x_-y', 'https://discord.com/api/webhooks/(hidden)'],
  ])('%j becomes %j', (text, shown) => expect(hideSecrets(text)).toBe(shown));

  test.each([
    ['docker run -u 1000:1000 x'],
    ['sudo -u joel curl http://x'],
    ['ntfy -u https://host/x'],
    ['x --no-password -h y'],
    ['ssh -p 22 x'],
    ['mkdir -p /x'],
    ['bypass: yes'],
    ['Basic configuration of it'],
    ['all tests passed: 3'],
    ['proxy_pass http://x'],
  ])('%j holds none', (text) => expect(hideSecrets(text)).toBe(text));

  test.each(['-', '- ', 'redis-cli ', '--auth', '-u a', '"a":'])(
    'is looked for in a time that grows with the text: %j',
    (one) => {
      const takes = (length: number): number => {
        const text = one.repeat(length / one.length);
        const before = process.cpuUsage();
        hideSecrets(text);
        const { user } = process.cpuUsage(before);
        return user;
      };
      takes(20_000);
      // Eight times the text is not sixty-four times the work.
      expect(takes(160_000)).toBeLessThan(24 * Math.max(takes(20_000), 2000));
    },
  );
});
