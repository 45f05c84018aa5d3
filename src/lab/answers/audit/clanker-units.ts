import { type Frame, files, told } from './frames.ts';

interface LabUnit {
  readonly id: string;
  readonly description: string;
  readonly pid: number;
  readonly name: string;
  readonly user: string;
  readonly program: string;
  readonly restart: string;
}

const usual = { restart: 'on-failure', user: '' };

/** What systemd runs on clanker-001, as far as anybody asks. */
const units: readonly LabUnit[] = [
  {
    ...{ ...usual, id: 'ssh.service', description: 'OpenBSD Secure Shell server' },
    ...{ pid: 612, name: 'sshd', program: '/usr/sbin/sshd -D' },
  },
  {
    ...{
      ...usual,
      id: 'cron.service',
      description: 'Regular background program processing daemon',
    },
    ...{ pid: 588, name: 'cron', program: '/usr/sbin/cron -f -P' },
  },
  {
    ...{ ...usual, id: 'ollama.service', description: 'Ollama Service', user: 'ollama' },
    ...{ pid: 971, name: 'ollama', program: '/usr/local/bin/ollama serve', restart: 'always' },
  },
  {
    ...{ ...usual, id: 'livekit-sip.service', description: 'LiveKit SIP' },
    ...{ pid: 1187, name: 'livekit-sip', program: '/usr/local/bin/livekit-sip' },
  },
  {
    ...{ ...usual, id: 'systemd-timesyncd.service', description: 'Network Time Synchronization' },
    ...{ pid: 540, name: 'systemd-timesyn', program: '/usr/lib/systemd/systemd-timesyncd' },
    ...{ user: 'systemd-timesync', restart: 'always' },
  },
];

/** Their processes, by what the kernel calls them. */
export const unitRows: readonly Pick<LabUnit, 'pid' | 'name'>[] = units;

/** What systemd says of itself, its services and timers. */
export function clankerUnits(): readonly Frame[] {
  return [
    told('systemd', 'systemd 255 (255.4-1ubuntu8.10)\n+PAM +AUDIT +SELINUX +APPARMOR'),
    told('services', units.map(shown).join('\n\n')),
    told('unit-files', units.map(({ id }) => `${id.padEnd(32)} enabled  enabled`).join('\n')),
    told(
      'timers',
      'Id=apt-daily-upgrade.timer\nActiveState=active\nUnitFileState=enabled\nTriggers=apt-daily-upgrade.service\n\nId=fstrim.timer\nActiveState=active\nUnitFileState=enabled\nTriggers=fstrim.service',
    ),
    told('failed', ''),
    told('user-services', ''),
    told('user-timers', ''),
    told('linger', ''),
    files('logind', { '/etc/systemd/logind.conf': '[Login]\n#KillUserProcesses=no' }),
  ];
}

/** `systemctl show` of systemd 255, of the properties that the script asks for. */
function shown({ id, description, pid, user, program, restart }: LabUnit): string {
  const [path = ''] = program.split(' ');
  return Object.entries({
    Type: 'simple',
    Restart: restart,
    RestartUSec: '3s',
    MainPID: String(pid),
    NRestarts: '0',
    ExecStart: `{ path=${path} ; argv[]=${program} ; ignore_errors=no ; start_time=[n/a] ; pid=${pid} ; code=(null) ; status=0/0 }`,
    User: user,
    WorkingDirectory: '',
    EnvironmentFiles: '',
    ControlGroup: `/system.slice/${id}`,
    Id: id,
    Description: description,
    LoadState: 'loaded',
    ActiveState: 'active',
    SubState: 'running',
    Result: 'success',
    FragmentPath: `/usr/lib/systemd/system/${id}`,
    UnitFileState: 'enabled',
    NeedDaemonReload: 'no',
  })
    .map(([key, value]) => `${key}=${value}`)
    .join('\n');
}
