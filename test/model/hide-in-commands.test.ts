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
    ['x --token -s3cr3tX_yz9', 'x --token (hidden)'],
    ['ttyd -c joel:s3cr3t bash', 'ttyd -c (hidden) bash'],
    ['yt-dlp -u a -p s3cr3t https://x', 'yt-dlp -u a -p (hidden) https://x'],
    ['transmission-remote -n joel:s3cr3t -l', 'transmission-remote -n (hidden) -l'],
    ['transmission-daemon -u a -v s3cr3t', 'transmission-daemon -u a -v (hidden)'],
    ['gotify push -t s3cr3t hi', 'gotify push -t (hidden) hi'],
    ['xfreerdp /u:a /p:s3cr3t /v:h', 'xfreerdp /u:a /p:(hidden) /v:h'],
    ['rclone obscure s3cr3t', 'rclone obscure (hidden)'],
    ['PLEX_CLAIM=claim-s3cr3t_AbCdEfGhIjKlM', 'PLEX_CLAIM=(hidden)'],
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
    ['mysqldump -ps3cr3t db', 'mysqldump -p(hidden) db'],
    ["mysqldump -p's3 cr3t' db", 'mysqldump -p(hidden) db'],
    ['sudo mysqldump --all -ps3cr3t', 'sudo mysqldump --all -p(hidden)'],
    ['["mysqldump", "-ps3cr3t", "db"]', '["mysqldump", "-p(hidden)", "db"]'],
    ['DB_PWD=s3cr3t run', 'DB_PWD=(hidden)'],
    ['MYSQL_PWD=s3cr3t', 'MYSQL_PWD=(hidden)'],
    ['PGPASSWORD=s3cr3t psql', 'PGPASSWORD=(hidden)'],
    ['GH_PAT=s3cr3t', 'GH_PAT=(hidden)'],
    ['BORG_PASSPHRASE=s3cr3t borg', 'BORG_PASSPHRASE=(hidden)'],
    ['OPENAI_KEY=s3cr3t', 'OPENAI_KEY=(hidden)'],
    ["curl -H 'Cookie: session=s3cr3t' x", "curl -H 'Cookie: (hidden)"],
    ['curl -H "cookie:session=s3cr3t"', 'curl -H "cookie:(hidden)'],
    ['curl -HCookie:s=s3cr3t', 'curl -HCookie:(hidden)'],
    ['curl -b s=s3cr3t http://x', 'curl -b (hidden) http://x'],
    ["curl -H 'Authorization: token s3cr3t' x", "curl -H 'Authorization: (hidden)' x"],
    [
      'curl https://api.telegram.org/bot12345:AAs3cr3t-x/sendMessage',
      'curl https://api.telegram.org/bot(hidden)/sendMessage',
    ],
    ['x --pw s3cr3t -v', 'x --pw (hidden) -v'],
    ['x --db-pwd=s3cr3t -v', 'x --db-pwd=(hidden) -v'],
    ['x --db_password s3cr3t -v', 'x --db_password (hidden) -v'],
    ['x --jwt s3cr3t', 'x --jwt (hidden)'],
    ['x --bearer s3cr3t', 'x --bearer (hidden)'],
    ['x --cookie s=s3cr3t -v', 'x --cookie (hidden) -v'],
    ['x --api-token s3cr3t', 'x --api-token (hidden)'],
    ['zip -P s3cr3t a.zip b', 'zip -P (hidden) a.zip b'],
    ['zip -Ps3cr3t a.zip b', 'zip -P(hidden) a.zip b'],
    ['7z a -ps3cr3t a.7z b', '7z a -p(hidden) a.7z b'],
    ['openssl enc -aes-256-cbc -k s3cr3t -in a', 'openssl enc -aes-256-cbc -k (hidden) -in a'],
    ['openssl enc -pass pass:s3cr3t', 'openssl enc -pass (hidden)'],
    ['htpasswd -b /etc/x joel s3cr3t', 'htpasswd -b (hidden)'],
    ['htpasswd -cB -b /etc/x joel s3cr3t; ls', 'htpasswd -cB -b (hidden); ls'],
    ['mongodump -u joel -p s3cr3t', 'mongodump -u joel -p (hidden)'],
    ['ldapsearch -x -w s3cr3t', 'ldapsearch -x -w (hidden)'],
    ['smbclient //nas/x -U joel%s3cr3t', 'smbclient //nas/x -U joel%(hidden)'],
    ['echo s3cr3t | sudo -S reboot', 'echo (hidden)| sudo -S reboot'],
    ["echo 'joel:s3cr3t' | chpasswd", 'echo (hidden)| chpasswd'],
    ['ngrok config add-authtoken s3cr3t', 'ngrok config add-authtoken (hidden)'],
    ['mc alias set m http://m joel s3cr3t', 'mc alias set m http://m joel (hidden)'],
    ['curl "https://x/y?key=s3cr3t&z=1"', 'curl "https://x/y?key=(hidden)&z=1"'],
    ['curl https://0123456789abcdef0123@x/1', 'curl https://(hidden)@x/1'],
    ['curl https://hc-ping.com/s3cr3t-uuid', 'curl https://hc-ping.com/(hidden)'],
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
    ['PWD=/home/joel OLDPWD=/'],
    ['PATH=/bin GOPATH=/x'],
    ['mysqldump -p db -u root'],
    ['mysql --port 3306 -P 3307'],
    ['x --compat=yes --path /x'],
    ['curl -kfsS http://x'],
    ['htpasswd -c /etc/x joel'],
    ['rsync -a --password-file /x a b'],
    ['docker run -p 80:80 -t nginx'],
    ['echo hello | tee x'],
    ['https://joel@host/x?page=2&sort=key'],
  ])('%j holds none', (text) => expect(hideSecrets(text)).toBe(text));

  test.each([
    ...['-', '- ', 'redis-cli ', '--auth', '-u a', '"a":', 'a', 'A_', 'token', 'TOKEN_', 'pwd'],
    ...[
      'mysql ',
      'mysql -',
      'htpasswd ',
      'htpasswd -b -b ',
      'echo ',
      'echo x|',
      'nmcli ',
      'kubectl ',
    ],
    ...[
      'smbclient ',
      'authorization: ',
      'authorization: a ',
      'https://a',
      '?a=',
      '://x:',
      'eyJ',
      '1:AA',
    ],
    ...['/bot1', 'token ', 'cookie  ', 'mc alias set a a ', 'sqlplus ', 'zip "', "openssl '"],
  ])('is looked for in a time that grows with the text: %j', (one) => {
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
  });
});
