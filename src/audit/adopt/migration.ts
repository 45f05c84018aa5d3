import type { Adoption, BootEntry, MigrationStep } from '../../model/adoption.ts';
import { hideSecrets } from '../../model/hide-secrets.ts';
import { shellWord } from '../../model/shell-word.ts';

type Leaving = Pick<Adoption, 'manager' | 'process' | 'boot' | 'unit' | 'port'>;

/** What `infra apply` does about it, in its order. Pure: the plan that is shown is this one. */
export function migrationOf(leaving: Leaving): readonly MigrationStep[] {
  const { unit, port } = leaving;
  const boot = bootStep(leaving);
  const ask = port === null ? `systemctl is-active ${unit}` : `curl http://127.0.0.1:${port}/`;
  return [
    stopStep(leaving),
    ...(boot === null ? [] : [boot]),
    {
      title: `write ${unit} and have systemd read it`,
      command: `install ${unit} /etc/systemd/system/ && systemctl daemon-reload`,
      undo: `rm /etc/systemd/system/${unit} && systemctl daemon-reload`,
    },
    {
      title: 'enable and start it',
      command: `systemctl enable --now ${unit}`,
      undo: `systemctl disable --now ${unit}`,
    },
    { title: 'see that it is well', command: ask, undo: 'all of the above, from the end' },
  ];
}

function stopStep({ manager: { kind, name }, process }: Leaving): MigrationStep {
  const title = `stop ${kind}${name === null ? '' : ` ${name}`} (process ${process.pid}, no other)`;
  const unit = shellWord(name ?? '');
  if (kind === 'systemd' || kind === 'systemd-user') {
    const systemctl = kind === 'systemd' ? 'systemctl' : 'systemctl --user';
    return {
      title,
      command: `${systemctl} disable --now ${unit}`,
      undo: `${systemctl} enable --now ${unit}`,
    };
  }
  if (kind === 'pm2') {
    return {
      title,
      command: `pm2 stop ${unit} && pm2 save`,
      undo: `pm2 start ${unit} && pm2 save`,
    };
  }
  if (kind === 'supervisor') {
    return { title, command: `supervisorctl stop ${unit}`, undo: `supervisorctl start ${unit}` };
  }
  return { title, command: `kill ${process.pid}`, undo: startText({ kind, name }, process) };
}

/** How a person would start it again. */
function startText({ kind, name }: Adoption['manager'], process: Adoption['process']): string {
  const command = hideSecrets(process.argv.map(shellWord).join(' '));
  const to = `cd ${shellWord(process.workingDirectory)} && `;
  const session = shellWord(sessionOf(name));
  if (kind === 'screen') {
    return `${to}{ screen -S ${session} -X screen ${command} || screen -dmS ${session} ${command}; }`;
  }
  if (kind === 'tmux') {
    return `${to}{ tmux new-window -d -t '=${sessionOf(name)}:' ${command} || tmux new-session -d -s ${session} ${command}; }`;
  }
  return `${to}nohup ${command} &`;
}

/** screen calls `1234.pdf` what a person calls `pdf`. */
export function sessionOf(name: string | null): string {
  return (name ?? '').replace(/^\d+\./, '').replace(/:.*$/, '') || 'adopted';
}

function bootStep({ boot }: Leaving): MigrationStep | null {
  if (boot === null) return null;
  return {
    title: `take it out of the boot: ${placeOf(boot)}`,
    command: bootText(boot),
    undo:
      boot.type === 'supervisor' ? `mv ${boot.path}.off ${boot.path}` : 'take that # away again',
  };
}

function placeOf(boot: BootEntry): string {
  if (boot.type === 'crontab') return `the crontab of ${boot.user}`;
  return boot.path;
}

function bootText(boot: BootEntry): string {
  if (boot.type === 'supervisor') return `mv ${boot.path} ${boot.path}.off && supervisorctl update`;
  const edit = boot.type === 'crontab' ? `crontab -u ${boot.user} -e` : `edit ${boot.path}`;
  return `${edit}: a # before ${hideSecrets(boot.line)}`;
}
