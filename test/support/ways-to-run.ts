import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ManagerKind } from '../../src/model/audit.ts';
import type { DebianHost } from './debian-host/index.ts';

/** A way in which the stand-in for pdf-brain is run on the Debian host, and what is true of it. */
export interface Way {
  readonly title: string;
  readonly kind: ManagerKind;
  readonly name: string | null;
  /** Of reboot and crash; of logout what is told. */
  readonly survives: readonly [reboot: boolean, crash: boolean, logout: boolean];
  /** Starts with its program: `restart` of the service as joel sees it. */
  readonly restart: string;
  /** Resolves when it was started; what it resolves with ends the login that holds it. */
  start(host: DebianHost): Promise<(() => Promise<void>) | undefined>;
  /** Takes it away again, whatever has become of it. */
  clear(host: DebianHost): Promise<unknown>;
}

export const port = 3847;
const server = `/usr/bin/perl /usr/local/bin/jc-server ${port}`;
const userUnit = '.config/systemd/user/jc-brain.service';
const unitText = `[Service]\\nExecStart=${server}\\nRestart=always\\n[Install]\\nWantedBy=default.target\\n`;
const withUserUnit = `printf '${unitText}' >${userUnit} && systemctl --user daemon-reload && systemctl --user enable --now jc-brain`;
const noUserUnit = `systemctl --user disable --now jc-brain; rm -f ${userUnit}`;

/** A login that stays until it is told to end; with a terminal where a line is run on it. */
async function login(host: DebianHost, line: string | null): Promise<() => Promise<void>> {
  const terminal = line === null ? [] : ['-tt'];
  const child: ChildProcess = spawn(
    'ssh',
    [...terminal, ...host.sshTo('joel'), line ?? 'echo in; cat'],
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const ended = once(child, 'exit');
  if (line === null && child.stdout) await once(child.stdout, 'data');
  return async () => {
    child.kill();
    await ended;
  };
}

const joel =
  (line: string) =>
  async (host: DebianHost): Promise<undefined> =>
    void (await host.shell(line, 'joel'));
const root =
  (line: string) =>
  async (host: DebianHost): Promise<undefined> =>
    void (await host.shell(line));
const killed = root('pkill -f "^[^ ]*perl /usr/local/bin/jc-server" || true');

export const ways: readonly Way[] = [
  {
    ...{ title: 'an enabled unit', kind: 'systemd', name: 'jc-works.service' },
    ...{ survives: [true, true, true], restart: 'sudo systemctl restart jc-works.service' },
    start: root('systemctl enable --now jc-works'),
    clear: root('systemctl disable --now jc-works'),
  },
  {
    ...{ title: 'a unit that is not enabled', kind: 'systemd', name: 'jc-works.service' },
    ...{ survives: [false, true, true], restart: 'sudo systemctl restart jc-works.service' },
    start: root('systemctl start jc-works'),
    clear: root('systemctl disable --now jc-works'),
  },
  {
    ...{ title: 'a user unit with linger', kind: 'systemd-user', name: 'jc-brain.service' },
    ...{ survives: [true, true, true], restart: 'systemctl --user restart jc-brain.service' },
    start: joel(withUserUnit),
    clear: joel(noUserUnit),
  },
  {
    ...{ title: 'a user unit without linger', kind: 'systemd-user', name: 'jc-brain.service' },
    ...{ survives: [false, true, false], restart: 'systemctl --user restart jc-brain.service' },
    start: async (host) => {
      const end = await login(host, null);
      await host.shell('loginctl disable-linger joel');
      await host.shell(withUserUnit, 'joel');
      return end;
    },
    clear: async (host) => {
      await host.shell('loginctl enable-linger joel');
      await host.shell(noUserUnit, 'joel');
    },
  },
  {
    ...{ title: 'screen', kind: 'screen', name: 'pdf' },
    ...{ survives: [false, false, true], restart: 'kill ' },
    start: joel(`screen -dmS pdf ${server}`),
    clear: killed,
  },
  {
    ...{ title: 'tmux', kind: 'tmux', name: 'pdf' },
    ...{ survives: [false, false, true], restart: 'kill ' },
    start: joel(`tmux new-session -d -s pdf '${server}'`),
    clear: killed,
  },
  {
    ...{ title: 'nohup', kind: 'nohup', name: null },
    ...{ survives: [false, false, true], restart: 'kill ' },
    start: joel(`nohup ${server} >nohup.out 2>&1 </dev/null &`),
    clear: killed,
  },
  {
    ...{ title: 'cron at boot', kind: 'cron', name: '@reboot' },
    ...{ survives: [true, false, true], restart: 'kill ' },
    start: async (host) => {
      await host.shell(`echo '@reboot ${server}' | crontab -`, 'joel');
      await host.reboot();
      return undefined;
    },
    clear: async (host) => {
      await host.shell('crontab -r', 'joel');
      await killed(host);
    },
  },
  {
    ...{ title: 'pm2 alone', kind: 'pm2', name: 'pdf-brain' },
    ...{ survives: [false, true, true], restart: 'pm2 restart pdf-brain' },
    start: joel(
      `pm2 start /usr/local/bin/jc-server --name pdf-brain --interpreter perl -- ${port}`,
    ),
    clear: joel('pm2 kill'),
  },
  {
    ...{ title: 'pm2 that is started at boot', kind: 'pm2', name: 'pdf-brain' },
    ...{ survives: [true, true, true], restart: 'pm2 restart pdf-brain' },
    start: async (host) => {
      await host.shell(
        `pm2 start /usr/local/bin/jc-server --name pdf-brain --interpreter perl -- ${port} && pm2 save`,
        'joel',
      );
      await host.shell('pm2 startup systemd -u joel --hp /home/joel');
      return undefined;
    },
    clear: async (host) => {
      await host.shell('pm2 unstartup systemd -u joel --hp /home/joel');
      await host.shell('pm2 kill; rm -rf .pm2', 'joel');
    },
  },
  {
    ...{ title: 'supervisor', kind: 'supervisor', name: 'pdf-brain' },
    ...{ survives: [true, true, true], restart: 'sudo supervisorctl restart pdf-brain' },
    start: root(
      `printf '[program:pdf-brain]\\ncommand=${server}\\nuser=joel\\n' >/etc/supervisor/conf.d/pdf-brain.conf && supervisorctl update`,
    ),
    clear: root('rm /etc/supervisor/conf.d/pdf-brain.conf && supervisorctl update'),
  },
  {
    ...{ title: 'a login with a terminal', kind: 'session', name: null },
    ...{ survives: [false, false, false], restart: 'kill ' },
    start: (host) => login(host, server),
    clear: killed,
  },
];
