/** The HTTP server of a service that works: what pdf-brain answers. */
const server = `#!/usr/bin/perl
use strict;
use IO::Socket::INET;
my $server = IO::Socket::INET->new(LocalPort => $ARGV[0], Listen => 16, ReuseAddr => 1) or die $!;
my $body = '{"status":"running","documents":700}';
while (my $client = $server->accept) {
  while (defined(my $line = <$client>)) { last if $line =~ /^\\r?\\n$/ }
  print $client "HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: "
    . length($body) . "\\r\\nConnection: close\\r\\n\\r\\n$body";
  close $client;
}
`;

const unit = (description: string, ...lines: readonly string[]): string =>
  [`[Unit]`, `Description=${description}`, ...lines, ''].join('\n');

const wanted = ['[Install]', 'WantedBy=multi-user.target'];

const files: Readonly<Record<string, string>> = {
  '/usr/local/bin/jc-server': server,
  '/etc/systemd/system/jc-works.service': unit(
    'answers on 3847',
    '[Service]',
    'ExecStart=/usr/bin/perl /usr/local/bin/jc-server 3847',
    'Restart=on-failure',
    ...wanted,
  ),
  '/etc/systemd/system/jc-crash.service': unit(
    'crashes and is restarted, for ever',
    'StartLimitIntervalSec=0',
    '[Service]',
    `ExecStart=/bin/sh -c 'sleep 0.5; echo "Error: cannot find module" >&2; exit 1'`,
    'Restart=always',
    'RestartSec=1',
    ...wanted,
  ),
  '/etc/systemd/system/jc-failed.service': unit(
    'has failed',
    '[Service]',
    'ExecStart=/bin/sh -c "exit 3"',
    ...wanted,
  ),
  '/etc/systemd/system/jc-slow.service': unit(
    'never says that it is ready',
    '[Service]',
    'Type=notify',
    'TimeoutStartSec=infinity',
    'ExecStart=/bin/sleep infinity',
  ),
  '/etc/systemd/system/jc-oneshot.service': unit(
    'is started by its timer',
    '[Service]',
    'Type=oneshot',
    'ExecStart=/bin/true',
  ),
  '/etc/systemd/system/jc-oneshot.timer': unit(
    'starts every hour',
    '[Timer]',
    'OnBootSec=1s',
    'OnUnitActiveSec=1h',
    '[Install]',
    'WantedBy=timers.target',
  ),
  '/etc/systemd/system/jc-socket.socket': unit(
    'listens for another',
    '[Socket]',
    'ListenStream=3999',
    'Accept=yes',
    '[Install]',
    'WantedBy=sockets.target',
  ),
  '/etc/systemd/system/jc-socket@.service': unit(
    'answers one call',
    '[Service]',
    'ExecStart=/bin/true',
  ),
  '/etc/systemd/system/jc-changed.service': unit(
    'its file is changed when it runs',
    '[Service]',
    'ExecStart=/bin/sleep infinity',
    ...wanted,
  ),
  '/home/joel/.config/systemd/user/jc-user.service': unit(
    'belongs to a user',
    '[Service]',
    'ExecStart=/bin/sleep infinity',
    'ExecReload=/bin/true',
    '[Install]',
    'WantedBy=default.target',
  ),
};

/** Units of the user who logs in: what may be restarted without being root. */
const userUnits: Readonly<Record<string, string>> = {
  'slow-stop': unit(
    'does not end when it is asked to',
    '[Service]',
    `ExecStart=/bin/sh -c 'trap "" TERM; while :; do sleep 1; done'`,
    'TimeoutStopSec=2',
  ),
  'short-lived': unit(
    'works for a while, and then for ever',
    'StartLimitIntervalSec=0',
    '[Service]',
    `ExecStart=/bin/sh -c 'test -e /tmp/jc-mended && exec sleep infinity; sleep 2; echo "Error: no space left" >&2; exit 1'`,
    'Restart=always',
    'RestartSec=1',
  ),
};

const system = '/etc/systemd/system';
const user = '/home/joel/.config/systemd/user';

/** Path to text of what is put on the host before it boots: a unit in each condition. */
export const unitFiles: Readonly<Record<string, string>> = {
  ...files,
  ...Object.fromEntries(
    Object.entries(userUnits).map(([name, text]) => [`${user}/jc-${name}.service`, text]),
  ),
};

/** Symbolic links, from path to target: what is enabled, and what is masked. */
export const unitLinks: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['works', 'crash', 'failed', 'changed'].map((name) => [
      `${system}/multi-user.target.wants/jc-${name}.service`,
      `${system}/jc-${name}.service`,
    ]),
  ),
  [`${system}/timers.target.wants/jc-oneshot.timer`]: `${system}/jc-oneshot.timer`,
  [`${system}/sockets.target.wants/jc-socket.socket`]: `${system}/jc-socket.socket`,
  [`${system}/jc-masked.service`]: '/dev/null',
  ...Object.fromEntries(
    ['user', ...Object.keys(userUnits)].map((name) => [
      `${user}/default.target.wants/jc-${name}.service`,
      `${user}/jc-${name}.service`,
    ]),
  ),
};
