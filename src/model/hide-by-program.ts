/** How an option and its value stand, as sources of a RegExp. */
interface Syntax {
  readonly apart: string;
  readonly value: string;
}

/** As far as options reach: a text that only begins again and again takes no longer for it. */
const between = '[^\\n|;&]{0,300}?';

/** Programs of which one option alone is a secret, by its letter: after a blank, `=` or as the next of a list. */
const byLetter: readonly (readonly [programs: string, option: string])[] = [
  ['redis-cli', '-a'],
  ['zip|unzip|zipcloak|mosquitto_\\w{1,9}|ipmitool|sqlcmd|bcp', '-P'],
  ['openssl', '-[kK]'],
  ['curl', '-b'],
  ['ldap\\w{1,9}', '-w'],
  ['snmp\\w{1,9}', '-[cAX]'],
  ['influx|gitlab-runner|k3s|rke2', '-t'],
  [
    'sshpass|(?:docker|podman|buildah|skopeo|registry) login|mongo\\w{0,9}|cqlsh|useradd|usermod',
    '-p',
  ],
  ['http|https|xh', '-a'],
  ['ttyd', '-c'],
  ['yt-dlp|youtube-dl', '-p'],
  ['transmission-remote', '-n'],
  ['transmission-daemon', '-v'],
  ['gotify|pushover', '-t'],
];

/** The same where the value stands in the word of the option. */
const inOneWord: readonly (readonly [programs: string, option: string])[] = [
  ['(?:mysql|mariadb)[\\w-]{0,20}', '-p'],
  ['sshpass|(?:docker|podman) login|mongo\\w{0,9}|7z[arz]?|(?:un)?rar|xh', '-h?p'],
  ['zip|unzip|mosquitto_\\w{1,9}|ipmitool|sqlcmd', '-P'],
  ['ldap\\w{1,9}', '-w'],
];

/** Programs that take one without an option: what follows these words. */
const byPlace: readonly string[] = [
  'requirepass|masterauth|(?:add-)?authtoken|aws_secret_access_key|aws_session_token',
  'mysqladmin\\b[^\\n|;&]{0,200}\\spassword|vault login|cloudflared service install|rclone obscure|openssl passwd -\\w{1,9}',
  '(?:rabbitmqctl (?:add_user|change_password|authenticate_user)|wpa_passphrase) +\\S{1,64}',
  '(?:mc alias set|mc config host add) +\\S{1,64} +\\S{1,200} +\\S{1,64}',
  'nmcli\\b[^\\n|;&]{0,200}\\s(?:password|[\\w-]{1,30}\\.psk)|kubectl\\b[^\\n|;&]{0,200}--from-literal[ =]+[\\w.-]{1,60}=',
];

/** Each has a first group that stays, and what is after it goes. */
export function ofPrograms({ apart, value }: Syntax): readonly RegExp[] {
  const start = '(?<![\\w.-])';
  return [
    ...byLetter.map(
      ([programs, option]) =>
        new RegExp(
          `(${start}(?:${programs})(?![\\w-])${between}[\\s"']${option}${apart})(?!-)${value}`,
          'g',
        ),
    ),
    ...inOneWord.map(
      ([programs, option]) =>
        new RegExp(
          `(${start}(?:${programs})(?![\\w-])${between}[\\s"']${option})(?=[^\\s"',<>=])${value}`,
          'g',
        ),
    ),
    ...inOneWord.map(
      ([programs, option]) =>
        new RegExp(
          `(${start}(?:${programs})(?![\\w-])${between}\\s${option})(?=["']\\S)${value}`,
          'g',
        ),
    ),
    ...byPlace.map(
      (words) => new RegExp(`(${start}(?:${words})[ \\t]*(?<=[ \\t=]))(?!\\()${value}`, 'g'),
    ),
    // Of these all goes that is no option: a file, who it is, and the word itself.
    /(\bhtpasswd(?: +-\w{1,9}){0,6}? +-\w{0,9}b\w{0,9}(?: +-\w{1,9}){0,6} +)(?!-)[^\n|;&>]+/g,
    /(\bhtdigest +)[^\n|;&>]+/g,
    /((?<![\w.-])(?:smbclient|rpcclient|smbget|net|mount\.cifs|lftp)\b[^\n|;&]{0,300}?\s(?:-U|-u|--user)[ =]?["']?[^\s%,"']{1,64}[%,])[^\s"']+/g,
    /((?<![\w.-])\w{0,9}freerdp3?\b[^\n|;&]{0,300}?\s\/p:)\S+/g,
    /(\bsqlplus\b[^\n|;&]{0,200}?\s\w{1,64}\/)[^\s@"']+/g,
    // What is handed to a program that reads a word on its input.
    /((?<![\w.-])(?:echo|printf)[ \t]+)[^\n|]{1,200}(?=\|[ \t]*(?:sudo[ \t]+-\w*S|chpasswd|[\w./-]{0,80}passwd|[^\n|;&]{0,200}--?pass\w{0,20}-(?:stdin|fd)|[^\n|;&]{0,80}-passin))/g,
  ];
}

/** Whether a program is one whose arguments are known to hold secrets: only of these is more than one word looked at. */
export function mayTakeSecret(program: string): boolean {
  return known.test(program);
}

const known =
  /^(?:redis-cli|zip|unzip|zipcloak|mosquitto_|ipmitool|sqlcmd|bcp|openssl|curl|ldap|snmp|influx|gitlab-runner|k3s|rke2|sshpass|docker|podman|buildah|skopeo|mongo|cqlsh|useradd|usermod|https?$|xh$|mysql|mariadb|7z|(?:un)?rar$|ngrok|aws$|vault|cloudflared|rabbitmqctl|wpa_passphrase|mc$|nmcli|kubectl|htpasswd|htdigest|smb|rpcclient|net$|mount\.cifs|lftp|sqlplus|ttyd$|yt-dlp|youtube-dl|transmission-|gotify|pushover|\w{0,9}freerdp|rclone)/;
