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
  ['passwd', 'token:x:1001:1001::/home/token:/bin/sh'],
  ['sshd', '/etc/ssh/sshd_config:PasswordAuthentication no'],
  ['crontab', '@reboot cd /srv/pdf-brain && nohup ./serve >log 2>&1 &'],
  ['supervisor', '/etc/x.conf:[program:pdf]\n/etc/x.conf:command=/srv/run\n/etc/x.conf:  --more'],
  ['services', 'Id=systemd-ask-password-console.service\nWorkingDirectory=/srv/tokens'],
])('what is none of %s stays: %s', (id, text) => {
  expect(hideInAnswer(id, text)).toBe(text);
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
