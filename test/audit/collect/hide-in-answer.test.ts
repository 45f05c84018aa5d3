import { expect, it } from 'vitest';
import { answerOf, readAnswers } from '../../../src/audit/collect/answers.ts';
import { hideInAnswer } from '../../../src/audit/collect/hide-in-answer.ts';

const secret = 'hunter2hunter2';

it.each([
  ['crontab', `@reboot API_TOKEN=${secret} /srv/run`],
  ['crontabs', `/etc/cron.d/x:* * * * * root curl -u joel:${secret} https://x`],
  ['supervisor', `/etc/supervisor/conf.d/x.conf:environment=A="1",B="${secret}"`],
  [
    'supervisor',
    `/etc/supervisor/conf.d/x.conf:environment=\n/etc/supervisor/conf.d/x.conf:  B="${secret}"`,
  ],
  ['services', `ExecStart={ path=/x ; argv[]=/x --token=${secret} ; }`],
  ['arguments-7', `/usr/bin/x\n--password\n${secret}`],
  ['arguments-7', `/usr/bin/x\n--password=${secret}`],
  ['arguments-7', `/usr/bin/redis-cli\n-a\n${secret}`],
  ['arguments-7', `mysql\n-p${secret}`],
  ['arguments-7', `curl\n-u\njoel:${secret}\nhttps://x`],
  ['arguments-7', `/usr/bin/x\n--api-key\n${secret} and more`],
  ['arguments-7', `mysqldump\n-p${secret}`],
  ['arguments-7', `sudo\n-u\nroot\n/usr/bin/mysqldump\n--all\n-p${secret}`],
  ['arguments-7', `x\n--jwt\n${secret}`],
  ['arguments-7', `x\n--pw\n${secret}`],
  ['arguments-7', `x\n--cookie\ns=${secret}`],
  ['arguments-7', `htpasswd\n-b\n/etc/x\njoel\n${secret}`],
  ['arguments-7', `zip\n-r\n-P\n${secret}\na.zip`],
  ['arguments-7', `curl\n-H\nCookie: session=${secret}\nhttps://x`],
  ['arguments-7', `sh\n-c\nDB_PWD=${secret} /srv/run`],
  ['arguments-7', `x${'\n1'.repeat(600)}\n${secret}`],
  ['crontab', `@daily mysqldump -p${secret} db`],
  ['crontab', `GH_PAT=${secret}`],
  ['crontab', `@daily curl -H 'Cookie: s=${secret}' https://x`],
  ['crontab', `@daily curl https://api.telegram.org/bot12345:${secret}/x`],
  ['environment-7', `OLLAMA_HOST=http://joel:${secret}@127.0.0.1`],
  ['docker', `{"ID":"abc","Labels":"a.token=${secret},b=c","State":"running"}`],
])('a secret of %s is hidden: %s', (id, text) => {
  const shown = hideInAnswer(id, text);
  expect(shown).not.toContain(secret);
  expect(shown).toContain('(hidden)');
  expect(shown.split('\n')).toHaveLength(text.split('\n').length);
});

it.each([
  ['arguments-7', '/usr/bin/node\n--max-old-space-size=512\nserver.js\n--port\n3847'],
  ['arguments-7', 'llama-server\n-m\nQwen2.5-Coder-7B-Instruct-Q4_K_M.gguf\n--port\n8080'],
  ['arguments-7', '/nix/store/q7Zk2Lw9Tb4Rn8Xc1Vd5-node/bin/node\nPdfBrainServer2Production'],
  ['passwd', 'token:x:1001:1001::/home/token:/bin/sh'],
  ['sshd', '/etc/ssh/sshd_config:PasswordAuthentication no'],
  ['crontab', '@reboot cd /srv/pdf-brain && nohup ./serve >log 2>&1 &'],
  ['supervisor', '/etc/x.conf:[program:pdf]\n/etc/x.conf:command=/srv/run\n/etc/x.conf:  --more'],
  ['services', 'Id=systemd-ask-password-console.service\nWorkingDirectory=/srv/tokens'],
])('what is none of %s stays: %s', (id, text) => {
  expect(hideInAnswer(id, text)).toBe(text);
});

it.each([
  [
    'arguments-7',
    '/usr/bin/x\nq7Zk2Lw9Tb4Rn8Xc1Vd5\n--port\n80',
    '/usr/bin/x\n(hidden)\n--port\n80',
  ],
  ['crontab', '@daily /srv/x q7Zk2Lw9Tb4Rn8Xc1Vd5 a', '@daily /srv/x (hidden) a'],
  ['crontab', `@daily x ${'0a'.repeat(16)}`, '@daily x (hidden)'],
  ['crontab', '@daily curl https://x.io/q7Zk2Lw9Tb4Rn8Xc1Vd5', '@daily curl https://x.io/(hidden)'],
])('a word of %s that looks like a key is not kept: %s', (id, text, shown) => {
  expect(hideInAnswer(id, text)).toBe(shown);
});

it('what docker tells stays JSON of its other fields', () => {
  const text = `{"ID":"abc","Labels":"a.token=${secret},b=c","State":"running"}`;
  expect(JSON.parse(hideInAnswer('docker', text))).toMatchObject({ ID: 'abc', State: 'running' });
});

it('nothing is kept before it is hidden, nor in words of trouble', () => {
  const text = `@@BEGIN crontab\n|PASSWORD=${secret}\n!token: ${secret}\n!@@RC 1\n@@END crontab\n`;
  const { answers } = readAnswers(text);
  expect(JSON.stringify(answerOf(answers, 'crontab'))).not.toContain(secret);
});
