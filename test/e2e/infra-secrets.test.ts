import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { runCli } from '../support/run-cli.ts';

const planted = {
  env: 'planted-env-0123456789',
  plist: 'planted-plist-0123456789',
  unit: 'planted-unit-0123456789',
  caddy: `$2a$14$${'p'.repeat(53)}`,
  pem: 'plantedPem0123456789',
  dotEnv: 'planted-dotenv-0123456789',
  shape: `ghp_${'s'.repeat(36)}`,
};

const plist = (value: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>Label</key><string>com.joel.web</string>
<key>ProgramArguments</key><array><string>/bin/sleep</string><string>1</string></array>
<key>EnvironmentVariables</key><dict><key>PATH</key><string>/opt/homebrew/bin:/usr/bin:/bin</string><key>APP</key><string>${value}</string></dict>
<key>StandardOutPath</key><string>/tmp/web.log</string><key>StandardErrorPath</key><string>/tmp/web.log</string>
<key>KeepAlive</key><true/>
</dict></plist>
`;
const unit = (value: string): string =>
  `[Unit]\nDescription=web\n\n[Service]\nEnvironment=APP=${value}\nExecStart=/bin/sleep 1\n\n[Install]\nWantedBy=multi-user.target\n`;

let folder: NetworkFolder;
let live: string;
beforeEach(async () => {
  folder = await makeNetworkFolder('');
  live = join(folder.state, '..', 'live');
  const put = (path: string, text: string) => writeFile(join(folder.root, 'infra', path), text);
  await mkdir(join(folder.root, 'infra'));
  const jobs = join(live, 'Library', 'LaunchAgents');
  const units = join(live, '.config', 'systemd', 'user');
  for (const one of [jobs, units]) await mkdir(one, { recursive: true });
  await put('com.joel.web.plist', plist('plain'));
  await put('web.service', unit('plain'));
  await put('web.env.example', 'TOKEN=\nURL=http://here\n');
  await put('Caddyfile', ':8080 {\n\trespond ok\n}\n');
  await put('run', '#!/bin/sh\nexec sleep 1\n');
  await writeFile(join(folder.root, '.env'), `HOOK=${planted.dotEnv}\n`, { mode: 0o600 });
  await writeFile(join(jobs, 'com.joel.web.plist'), plist(planted.plist));
  await writeFile(join(units, 'web.service'), unit(planted.unit));
  await writeFile(join(live, 'web.env'), `TOKEN=${planted.env}\nMORE="x\n${planted.pem}==\n"\n`, {
    mode: 0o600,
  });
  await writeFile(
    join(live, 'Caddyfile'),
    `:8080 {\n\tbasicauth {\n\t\tjoel ${planted.caddy}\n\t}\n}\n`,
  );
  await writeFile(join(live, 'run'), `#!/bin/sh\nTOKEN=${planted.shape} ${planted.dotEnv}\n`);
  const file = (source: string, kind: string, more = ''): string =>
    `  - {source: infra/${source}, kind: ${kind}, host: here, destination: ${live}/${more}}\n`;
  await folder.write(`version: 1
name: secrets
hosts: [{name: here}]
services:
  - {name: job, host: here, manager: {kind: launchd, label: com.joel.web}, enabled: false, reason: elsewhere}
  - {name: web, host: here, manager: {kind: none}, checks: [{kind: http, url: "http://127.0.0.1:9/\${HOOK:-}"}]}
files:
${file('com.joel.web.plist', 'launchd', 'Library/LaunchAgents/, service: here/job')}${file('web.service', 'systemd', '.config/systemd/user/, service: here/web')}${file('web.env.example', 'env', 'web.env, service: here/web')}${file('Caddyfile', 'caddyfile', ', admin: "http://127.0.0.1:9", service: here/web')}${file('run', 'file', ', mode: "0755", service: here/web')}`);
});
afterEach(() => folder.remove());

it('no planted secret is in any output, in any name, or in what is kept but the bytes of before', async () => {
  const cli = (...args: readonly string[]) =>
    runCli([...args, '--root', folder.root], { env: { JOELCLAW_STATE: folder.state } });
  const lines = [
    ...['plan', 'diff', 'drift', 'apply --dry-run --overwrite-drift', 'apply --yes'],
    ...[
      'apply --yes --overwrite-drift --no-restart',
      'plan',
      'history',
      'rollback --yes --no-restart',
    ],
    ...['diff', 'adopt env/web.env --yes', 'adopt file/run --yes', 'history'],
  ].flatMap((words) => [`infra ${words}`, `infra ${words} --json`]);
  let said = '';
  let changed = 0;
  for (const line of [...lines, 'drift --json', '--headless --json', 'config check']) {
    const { code, stdout, stderr } = await cli(...line.split(' '));
    expect([line, code]).not.toEqual([line, 70]);
    if (stdout.includes(': applied\n') || stdout.includes('"outcome":"done"')) changed++;
    said += `${stdout}${stderr}`;
  }
  expect(changed).toBeGreaterThan(2);
  const names = await readdir(folder.state, { recursive: true, withFileTypes: true });
  const holding: string[] = [];
  for (const one of names.filter((entry) => entry.isFile())) {
    const path = join(one.parentPath, one.name);
    const text = await readFile(path, 'latin1');
    if (Object.values(planted).some((secret) => text.includes(secret))) holding.push(path);
    for (const secret of Object.values(planted)) expect(path).not.toContain(secret);
  }
  for (const [name, secret] of Object.entries(planted)) {
    expect([name, said.includes(secret)]).toEqual([name, false]);
  }
  expect(holding.length).toBeGreaterThan(3);
  for (const path of holding) {
    expect(path).toMatch(/\/applies\/[^/]+\/[^/]+\.(?:before|after)$/);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  }
  // What a refused adoption would have brought there.
  expect(await readFile(join(folder.root, 'infra/run'), 'utf8')).not.toContain(planted.shape);
}, 120_000);
