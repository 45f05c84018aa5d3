import { toldBy } from '../collect/answers.ts';
import { filesBy } from '../read/told.ts';
import { type Ground, type Subject, userName } from './ground.ts';

/** A word on whether something is survived. */
export interface Told {
  readonly survives: boolean | null;
  readonly why: string;
}

/** Whether the user's manager runs without a login; null where that cannot be told. */
function lingers(uid: number | null, { answers, users }: Ground): boolean | null {
  const text = toldBy(answers, 'linger');
  const name = uid === null ? undefined : users.get(uid);
  return text === null || name === undefined ? null : text.split('\n').includes(name);
}

/** logind.conf(5): whether a logout ends whatever its session has started. A comment there tells the default. */
function killsAtLogout({ answers }: Ground): boolean | null {
  const lines = [...(filesBy(answers, 'logind')?.values() ?? [])].flat();
  const setting = /^\s*(#?)\s*KillUserProcesses\s*=\s*(\w+)/i;
  const told = lines.flatMap((line) => {
    const [, comment, value = ''] = setting.exec(line) ?? [];
    return value === ''
      ? []
      : [{ isSet: comment === '', kills: /^(?:yes|true|on|1)$/i.test(value) }];
  });
  return (told.findLast(({ isSet }) => isSet) ?? told.at(-1))?.kills ?? null;
}

/** Of what was started from a login and has nothing to fear from its terminal. */
export function atLogout({ place, uid }: Subject, ground: Ground): Told {
  if (place?.userManager != null) return underUserManager(place.userManager, ground);
  if (place !== null && place.session === null && place.unit !== null) {
    return { survives: true, why: `it belongs to ${place.unit}, not to a login` };
  }
  const kills = killsAtLogout(ground);
  if (kills === null) {
    return ground.units.size === 0
      ? { survives: true, why: 'nothing here ends what a login has left running' }
      : { survives: null, why: 'KillUserProcesses of logind.conf could not be told' };
  }
  if (kills && uid !== 0) return { survives: false, why: 'logind has KillUserProcesses=yes' };
  return { survives: true, why: 'logind has KillUserProcesses=no' };
}

export function underUserManager(uid: number, ground: Ground): Told {
  const name = userName(uid, ground);
  const linger = lingers(uid, ground);
  if (linger === null) return { survives: null, why: `whether ${name} lingers could not be told` };
  return linger
    ? { survives: true, why: `${name} lingers: the user manager runs without a login` }
    : {
        survives: false,
        why: `${name} does not linger: the user manager ends with the last login`,
      };
}
