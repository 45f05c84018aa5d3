import type { Rule } from './rule.ts';

const config = '/etc/ssh/sshd_config.d/';

const passwords: Rule = ({ facts }) =>
  facts.logins.passwordAuthentication === true
    ? [
        {
          id: 'password-login',
          severity: 'warning',
          title: 'who guesses a password is let in by ssh',
          evidence: 'PasswordAuthentication, or PAM by KbdInteractiveAuthentication, is on',
          remedy: `PasswordAuthentication no and KbdInteractiveAuthentication no in ${config}, then sudo systemctl reload ssh`,
        },
      ]
    : [];

const root: Rule = ({ facts }) => {
  const { rootLogin, passwordAuthentication, keys } = facts.logins;
  const remedy = `PermitRootLogin no in ${config}, then sudo systemctl reload ssh`;
  if (rootLogin === 'yes') {
    const severity = passwordAuthentication === true ? 'critical' : 'warning';
    const evidence = 'PermitRootLogin yes';
    return [{ id: 'root-login', severity, title: 'root may log in by ssh', evidence, remedy }];
  }
  if (rootLogin !== 'prohibit-password' || !keys?.some(({ user }) => user === 'root')) return [];
  const title = 'root may log in by ssh with a key, and has one';
  const evidence = 'PermitRootLogin prohibit-password, and authorized_keys of root';
  return [{ id: 'root-login', severity: 'info', title, evidence, remedy }];
};

const otherRoots: Rule = ({ facts }) =>
  (facts.logins.users ?? [])
    .filter(({ uid, name }) => uid === 0 && name !== 'root')
    .map(({ name, shell }) => ({
      id: `uid-0/${name}`,
      severity: 'critical',
      title: `${name} is root by another name`,
      evidence: `uid 0 in /etc/passwd, shell ${shell}`,
      remedy: 'find out who made it; a user of its own, and sudo',
    }));

const administrators: ReadonlySet<string> = new Set(['sudo', 'wheel', 'admin']);

/** Whoever may start a container can mount the whole disk in it. */
const dockerGroup: Rule = ({ facts }) =>
  (facts.logins.users ?? [])
    .filter(({ uid, groups }) => uid !== 0 && groups.includes('docker'))
    .map(({ name, groups }) => ({
      id: `docker-group/${name}`,
      severity: groups.some((one) => administrators.has(one)) ? 'info' : 'warning',
      title: `${name} is as good as root: in the group docker`,
      evidence: `groups: ${groups.join(', ')}`,
      remedy: `sudo gpasswd -d ${name} docker, and sudo docker`,
    }));

const namelessKeys: Rule = ({ facts }) =>
  (facts.logins.keys ?? [])
    .filter(({ comment }) => comment.trim() === '')
    .map(({ user, fingerprint }) => ({
      id: `key-without-comment/${user}/${fingerprint}`,
      severity: 'info',
      title: `nobody can tell whose key lets in as ${user}`,
      evidence: `${fingerprint} has no comment`,
      remedy: `write whose it is at the end of its line in ~${user}/.ssh/authorized_keys, or remove it`,
    }));

/** Who gets in, and as whom. */
export const loginRules: readonly Rule[] = [passwords, root, otherRoots, dockerGroup, namelessKeys];
