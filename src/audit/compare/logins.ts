import type { AuditReport } from '../../model/audit.ts';
import type { AuthorizedKey, LoginUser } from '../../model/audit-facts.ts';
import {
  type Area,
  type Compared,
  compareThings,
  joined,
  type Sides,
  type Thing,
} from './things.ts';
import { compareValue, saidOf } from './values.ts';

const usersArea: Area = { id: 'users', title: 'who may log in', probes: /^(?:passwd|admins)$/ };
const keysArea: Area = { id: 'keys', title: 'the keys that let in', probes: /^keys/ };

/** Who is let in, and by what. */
export function compareLogins(reports: Sides<AuditReport>): Compared {
  const { before, after } = reports;
  const of = ({ facts }: AuditReport) => facts.logins;
  const passwords = (one: AuditReport) => saidOf(of(one).passwordAuthentication);
  return joined([
    compareThings(
      usersArea,
      {
        before: of(before).users?.map(userThing) ?? null,
        after: of(after).users?.map(userThing) ?? null,
      },
      reports,
    ),
    compareThings(
      keysArea,
      {
        before: of(before).keys?.map(keyThing) ?? null,
        after: of(after).keys?.map(keyThing) ?? null,
      },
      reports,
    ),
    compareValue({
      ...{ id: 'sshd/passwords', title: 'whether sshd takes passwords', severity: 'critical' },
      ...{ before: passwords(before), after: passwords(after) },
    }),
    compareValue({
      ...{ id: 'sshd/root', title: 'whether sshd lets root in', severity: 'critical' },
      ...{ before: of(before).rootLogin, after: of(after).rootLogin },
    }),
  ]);
}

function userThing({ name, uid, shell, groups }: LoginUser): Thing {
  const told = groups.length === 0 ? '' : `, in ${groups.toSorted().join(', ')}`;
  return {
    id: `user/${name}`,
    title: `user ${name} who may log in`,
    value: `uid ${uid}, ${shell}${told}`,
    graveness: { added: 'critical', gone: 'info', changed: 'critical' },
  };
}

/** Its comment is anybody’s word: it is not compared. */
function keyThing({ user, fingerprint }: AuthorizedKey): Thing {
  return {
    id: `key/${user}/${fingerprint}`,
    title: `key of ${user}`,
    value: fingerprint,
    graveness: { added: 'critical', gone: 'info', changed: 'critical' },
  };
}
