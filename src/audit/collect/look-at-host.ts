import { propertiesOfTimers, propertiesOfUnits } from './properties.ts';

/** The host itself: what it is, has, runs and starts. */
export const lookAtHost = String.raw`identity() {
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
  probe id id
}
hardware() {
  probe cpu grep -m 1 -i -E '^(model name|hardware|cpu model)' /proc/cpuinfo
  probe cpus grep -c ^processor /proc/cpuinfo
  file meminfo /proc/meminfo
  files disks /sys/block/*/size /sys/block/*/queue/rotational /sys/block/*/device/model
  files buses /sys/bus/pci/devices/*/class /sys/bus/pci/devices/*/vendor /sys/bus/pci/devices/*/device
}
network() {
  probe addresses ip -o addr
  if command -v ss >/dev/null 2>&1; then
    probe listeners ss -H -ltnpe
    probe datagrams ss -H -lunpe
    probe connections ss -H -tnp state established
  else
    probe netstat netstat -ltunp
  fi
  files sockets /proc/net/tcp /proc/net/tcp6
  file ufw /etc/ufw/ufw.conf
}
units() {
  probe systemd systemctl --version
  probe services systemctl show '*' --type=service --all -p ${propertiesOfUnits}
  probe unit-files systemctl list-unit-files --type=service --plain --no-legend --no-pager
  probe timers systemctl show '*' --type=timer --all -p ${propertiesOfTimers}
  probe failed systemctl list-units --failed --plain --no-legend --no-pager
  XDG_RUNTIME_DIR=/run/user/$(id -u)
  export XDG_RUNTIME_DIR
  if [ -S "$XDG_RUNTIME_DIR/systemd/private" ]; then
    probe user-services systemctl --user show '*' --type=service --all -p ${propertiesOfUnits}
    probe user-timers systemctl --user show '*' --type=timer --all -p ${propertiesOfTimers}
  else
    printf '\n@@NONE user-services not-there %s\n' "$XDG_RUNTIME_DIR/systemd/private"
  fi
  builtin linger ls /var/lib/systemd/linger
  files logind /etc/systemd/logind.conf /etc/systemd/logind.conf.d/*.conf
}
schedules() {
  probe crontab crontab -l
  files crontabs /etc/crontab /etc/cron.d/* /var/spool/cron/crontabs/*
  builtin legacy ls -d /etc/rc.local /etc/init.d/*
  files supervisor /etc/supervisor/conf.d/*.conf /etc/supervisord.d/*.ini
}
containers() {
  if [ -S /var/run/docker.sock ] && [ -e /var/run/docker.pid ]; then
    probe docker docker ps -a --no-trunc --format '{{json .}}'
    probe docker-policies docker ps -aq --no-trunc --format '{{.ID}} {{.State}}'
  else
    printf '\n@@NONE docker not-there %s\n' /var/run/docker.sock
  fi
}
updates() {
  builtin reboot-required ls /var/run/reboot-required /run/reboot-required
  builtin kernels ls /lib/modules
  files updates-available /var/lib/update-notifier/updates-available
  files automatic-updates /etc/apt/apt.conf.d/20auto-upgrades
  builtin time-synchronized ls /run/systemd/timesync/synchronized
}
logins() {
  file passwd /etc/passwd
  probe admins grep -E '^(sudo|wheel|admin|docker):' /etc/group
  files sshd /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf
  keys
}
space() {
  file mounts /proc/mounts
  probe space df -PkTl
  probe inodes df -Pil
}
`;
