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

/** Path to text of what is put on the host before it boots: a unit in each condition. */
export const unitFiles: Readonly<Record<string, string>> = {
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
    '[Install]',
    'WantedBy=default.target',
  ),
};

const system = '/etc/systemd/system';
const user = '/home/joel/.config/systemd/user';

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
  [`${user}/default.target.wants/jc-user.service`]: `${user}/jc-user.service`,
};
