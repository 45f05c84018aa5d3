import { propertiesOfTimers, propertiesOfUnits } from './properties.ts';

/** The host itself: what it is, has, runs and starts. */
export const lookAtHost = `identity() {
  file os-release /etc/os-release
  probe uname uname -srm
  probe hostname uname -n
  file machine-id /etc/machine-id
  file vendor /sys/class/dmi/id/sys_vendor
  file product /sys/class/dmi/id/product_name
  probe virtualization systemd-detect-virt
  file init /proc/1/comm
  probe clock date +%s
  file uptime /proc/uptime
  probe boot grep -m 1 ^btime /proc/stat
  probe id id
}
hardware() {
  lines cpu /proc/cpuinfo -m 1 -i -E '^(model name|hardware|cpu model)'
  lines cpus /proc/cpuinfo -c ^processor
  file meminfo /proc/meminfo
  files disks /sys/block/*/size /sys/block/*/queue/rotational /sys/block/*/device/model
  files buses /sys/bus/pci/devices/*/class /sys/bus/pci/devices/*/vendor /sys/bus/pci/devices/*/device
  files nvidia /proc/driver/nvidia/version /proc/driver/nvidia/gpus/*/information
  if command -v sw_vers >/dev/null 2>&1; then
    probe mac sw_vers
    probe mac-hardware sysctl -n hw.model machdep.cpu.brand_string hw.ncpu hw.memsize
  fi
}
tables() {
  command -v netstat >/dev/null 2>&1 || return 127
  if netstat -tunp >/dev/null 2>&1; then netstat -tunp $1
  else netstat -tun $1
  fi
}
network() {
  probe addresses ip -o addr
  if command -v ss >/dev/null 2>&1; then
    probe listeners ss -H -ltnpe
    probe datagrams ss -H -lunpe
    probe connections ss -H -tnp state established
  elif [ -e /proc/net/tcp ]; then
    builtin netstat tables -l
    builtin netstat-connections tables
    builtin socket-owners owners
  else
    none listeners tool-missing ss
  fi
  files sockets /proc/net/tcp /proc/net/tcp6
  file ufw /etc/ufw/ufw.conf
  files packet-filters /proc/net/ip_tables_names /proc/net/ip6_tables_names
}
bus_runs() {
  if [ "$(id -u)" = 0 ] || [ ! -e /proc/1/comm ]; then return 0; fi
  for one in /proc/[0-9]*/comm; do
    read -r name <"$one" || continue
    case $name in dbus-daemon | dbus-broker*) return 0 ;; esac
  done 2>/dev/null
  return 1
}
units() {
  if [ ! -d /run/systemd/system ] || ! bus_runs; then
    for one in systemd services unit-files timers failed user-services user-timers; do none "$one" not-there systemd; done
    return
  fi
  probe systemd systemctl --version
  probe services systemctl show '*' --type=service --all -p ${propertiesOfUnits}
  probe socket-units systemctl show '*' --type=socket --all -p Id,ActiveState,UnitFileState,Triggers,Listen
  probe unit-files systemctl list-unit-files --type=service --plain --no-legend --no-pager
  probe timers systemctl show '*' --type=timer --all -p ${propertiesOfTimers}
  probe failed systemctl list-units --failed --plain --no-legend --no-pager
  XDG_RUNTIME_DIR=/run/user/$(id -u)
  export XDG_RUNTIME_DIR
  if [ -S "$XDG_RUNTIME_DIR/systemd/private" ]; then
    probe user-services systemctl --user show '*' --type=service --all -p ${propertiesOfUnits}
    probe user-timers systemctl --user show '*' --type=timer --all -p ${propertiesOfTimers}
  else
    none user-services not-there "$XDG_RUNTIME_DIR/systemd/private"
    none user-timers not-there "$XDG_RUNTIME_DIR/systemd/private"
  fi
  folder linger /var/lib/systemd/linger
  probe journal-access journalctl --no-pager -n 0
  builtin journals ls -d /var/log/journal /run/log/journal
  files logind /etc/systemd/logind.conf /etc/systemd/logind.conf.d/*.conf
}
schedules() {
  probe crontab crontab -l
  files crontabs /etc/crontab /etc/cron.d/* /var/spool/cron/crontabs/*
  folder crontab-users /var/spool/cron/crontabs
  folder at /var/spool/cron/atjobs
  builtin periodic ls -d /etc/cron.hourly/* /etc/cron.daily/* /etc/cron.weekly/* /etc/cron.monthly/*
  probe writable find /etc/crontab /etc/cron.d /var/spool/cron /etc/systemd/system -perm -2 '!' -type l
  builtin legacy ls -d /etc/rc.local /etc/init.d/*
  files supervisor /etc/supervisor/conf.d/*.conf /etc/supervisord.d/*.ini
}
docker_runs() {
  [ -S /var/run/docker.sock ] || return
  read -r pid </var/run/docker.pid || return
  read -r name <"/proc/$pid/comm" && [ "$name" = dockerd ]
} 2>/dev/null
policies() {
  ids=$(docker ps -aq --no-trunc | head -n 200)
  [ -n "$ids" ] || return 0
  docker inspect -f '{{.Id}} {{.HostConfig.RestartPolicy.Name}} {{.State.Pid}} {{.Name}}' $ids
}
containers() {
  if docker_runs; then
    DOCKER_CONFIG=/nonexistent
    export DOCKER_CONFIG
    probe docker docker ps -a --no-trunc --format '{{json .}}'
    builtin docker-policies policies
  else
    none docker not-there /var/run/docker.sock
  fi
}
updates() {
  builtin reboot-required ls /var/run/reboot-required /run/reboot-required
  folder kernels /lib/modules
  builtin package-times stat -c '%Y %n' /var/lib/dpkg/status /var/lib/apt/lists /var/lib/apt/periodic/update-success-stamp
  files updates-available /var/lib/update-notifier/updates-available
  files automatic-updates /etc/apt/apt.conf.d/20auto-upgrades
  builtin time-synchronized ls /run/systemd/timesync/synchronized
}
logins() {
  file passwd /etc/passwd
  lines admins /etc/group -E '^(sudo|wheel|admin|docker):'
  files sshd /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf
  builtin sshd-files ls /etc/ssh/sshd_config.d
}
on_disks() {
  how=$1
  set --
  while read -r device mount type rest; do
    case $type in nfs* | cifs | smb* | fuse* | autofs | 9p | ceph) continue ;; esac
    case $device in /*) set -- "$@" "$(printf '%b' "$mount")" ;; esac
  done </proc/mounts
  df "$how" "$@"
}
local_space() {
  if df "$1l" / >/dev/null 2>&1; then df "$1l"
  elif [ -e /proc/mounts ]; then on_disks "$1"
  else df "$2"
  fi
}
space() {
  file mounts /proc/mounts
  builtin space local_space -PkT -Pkl
  builtin inodes local_space -Pi -il
}
`;
