import { assignment, execWord, pathWord } from './unit-words.ts';

/** All that a unit is made of. */
export interface UnitFacts {
  /** `pdf-brain` */
  readonly name: string;
  readonly port: number | null;
  readonly user: string;
  readonly program: string;
  /** What it calls itself, where that is not its program. */
  readonly argv0: string | null;
  readonly rest: readonly string[];
  readonly workingDirectory: string;
  /** `NAME=value` */
  readonly environment: readonly string[];
  readonly environmentFile: string | null;
  /** Folders that it writes. */
  readonly writes: readonly string[];
  readonly usesDevices: boolean;
  /** It is asked over the tailnet, and over nothing else. */
  readonly isOfTailnet: boolean;
  readonly peakBytes: number;
  readonly threads: number;
  /** Also what may break a program that looks at its machine. */
  readonly isStrict: boolean;
}

const gib = 1024 ** 3;

/** A hardened unit of a service. The same facts make the same bytes. */
export function unitText(facts: UnitFacts): string {
  const blocks = [unitBlock(facts), serviceBlock(facts), filesBlock(facts), rightsBlock(facts)];
  const install = ['[Install]', 'WantedBy=multi-user.target'];
  return `${[...blocks, netBlock(facts), install].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function unitBlock({ name, port }: UnitFacts): readonly string[] {
  return [
    '[Unit]',
    `Description=${name}${port === null ? '' : ` on port ${port}`}`,
    'After=network-online.target',
    'Wants=network-online.target',
    'StartLimitIntervalSec=300',
    'StartLimitBurst=5',
  ];
}

function serviceBlock(facts: UnitFacts): readonly string[] {
  const { name, user, program, argv0, rest, workingDirectory, environment, environmentFile } =
    facts;
  const words = [...(argv0 === null ? [] : [argv0]), ...rest].map(execWord);
  const most = Math.max(4, Math.ceil((2 * facts.peakBytes) / gib));
  return [
    '[Service]',
    'Type=exec',
    `User=${user}`,
    `WorkingDirectory=${workingDirectory.replaceAll('%', '%%')}`,
    `ExecStart=${argv0 === null ? '' : '@'}${[execWord(program), ...words].join(' ')}`,
    ...environment.map((one) => `Environment=${assignment(one)}`),
    ...(environmentFile === null
      ? []
      : [`EnvironmentFile=-${environmentFile.replaceAll('%', '%%')}`]),
    'Restart=on-failure',
    'RestartSec=5',
    'TimeoutStopSec=20',
    'KillMode=mixed',
    `MemoryHigh=${Math.ceil(most * 0.75)}G`,
    `MemoryMax=${most}G`,
    `TasksMax=${Math.max(256, 4 * facts.threads)}`,
    'LimitNOFILE=65536',
    'OOMPolicy=stop',
    'StandardOutput=journal',
    'StandardError=journal',
    `SyslogIdentifier=${name}`,
  ];
}

function filesBlock({ writes, usesDevices }: UnitFacts): readonly string[] {
  return [
    '# It writes what is named here, and nothing else.',
    'ProtectSystem=strict',
    'ProtectHome=read-only',
    ...writes.map((path) => `ReadWritePaths=-${pathWord(path)}`),
    'PrivateTmp=yes',
    `PrivateDevices=${usesDevices ? 'no' : 'yes'}`,
    'UMask=0077',
  ];
}

function rightsBlock({ port, isStrict }: UnitFacts): readonly string[] {
  const right = port !== null && port < 1024 ? 'CAP_NET_BIND_SERVICE' : '';
  return [
    'NoNewPrivileges=yes',
    `CapabilityBoundingSet=${right}`,
    `AmbientCapabilities=${right}`,
    'RestrictSUIDSGID=yes',
    'RestrictRealtime=yes',
    'RestrictNamespaces=yes',
    'LockPersonality=yes',
    'ProtectClock=yes',
    'ProtectControlGroups=yes',
    'ProtectHostname=yes',
    'ProtectKernelLogs=yes',
    'ProtectKernelModules=yes',
    'ProtectKernelTunables=yes',
    'ProtectProc=invisible',
    ...(isStrict ? ['ProcSubset=pid'] : []),
    'RemoveIPC=yes',
    'SystemCallArchitectures=native',
    'SystemCallFilter=@system-service',
    'SystemCallFilter=~@privileged @resources',
    '# No MemoryDenyWriteExecute: a runtime that compiles as it goes would not start.',
  ];
}

function netBlock({ isOfTailnet, isStrict }: UnitFacts): readonly string[] {
  const families = `AF_INET AF_INET6 AF_UNIX${isStrict ? '' : ' AF_NETLINK'}`;
  return [
    `RestrictAddressFamilies=${families}`,
    ...(isOfTailnet
      ? [
          '# Asked by the tailnet, and asks what is beside it.',
          'IPAddressDeny=any',
          'IPAddressAllow=localhost',
          'IPAddressAllow=100.64.0.0/10',
          'IPAddressAllow=fd7a:115c:a1e0::/48',
        ]
      : []),
  ];
}
