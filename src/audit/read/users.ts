import type { AuthorizedKey, LoginUser } from '../../model/audit-facts.ts';
import { type Answers, toldBy } from '../collect/answers.ts';
import { byText, lineOf, linesOf, listedBy } from './told.ts';

/** What is given as a shell to who may not log in. */
const noShell = /\/(?:nologin|false|true|sync|shutdown|halt)$/;

/** passwd(5): who has a shell; without one it is /bin/sh. */
export function usersOf(answers: Answers): readonly LoginUser[] | null {
  const lines = listedBy(answers, 'passwd');
  if (lines === null) return null;
  const admins = groupsOf(answers);
  return lines
    .map((line) => line.split(':'))
    .flatMap(([name = '', , uid = '', gid = '', , , shell = '']) => {
      const isUser = name !== '' && /^\d{1,10}$/.test(uid) && !noShell.test(shell);
      if (!isUser) return [];
      const groups = admins
        .filter((group) => group.id === gid || group.members.includes(name))
        .map((group) => group.name);
      return [{ name, uid: Number(uid), shell: shell || '/bin/sh', groups: groups.toSorted() }];
    })
    .toSorted((a, b) => a.uid - b.uid || byText(a.name, b.name));
}

/** group(5): `sudo:x:27:joel,ann`. */
function groupsOf(answers: Answers) {
  return linesOf(toldBy(answers, 'admins') ?? '').map((line) => {
    const [name = '', , id = '', members = ''] = line.trim().split(':');
    return { name, id, members: members.split(',') };
  });
}

/** `256 SHA256:… joel@panda (ED25519)` of ssh-keygen(1). */
const keyLine = /^\d+\s+((?:SHA256|MD5):\S+)\s+(.*?)\s*\([\w-]+\)\s*$/;

/** Of whose homes may be read; root sees all of them, so none is none only then. */
export function keysOf(answers: Answers): readonly AuthorizedKey[] | null {
  const told = [...answers.keys()].filter((id) => id.startsWith('keys-'));
  if (told.length === 0) {
    const isRoot = /^uid=0\b/.test(lineOf(answers, 'id') ?? '');
    return isRoot && toldBy(answers, 'passwd') !== null ? [] : null;
  }
  if (told.every((id) => toldBy(answers, id) === null)) return null;
  return told
    .flatMap((id) =>
      linesOf(toldBy(answers, id) ?? '').flatMap((line) => {
        const [, fingerprint, comment = ''] = keyLine.exec(line) ?? [];
        const bare = comment === 'no comment' ? '' : comment;
        return fingerprint === undefined
          ? []
          : [{ user: id.slice('keys-'.length), fingerprint, comment: bare }];
      }),
    )
    .toSorted((a, b) => byText(a.user, b.user) || byText(a.fingerprint, b.fingerprint));
}
