import type { AuditedAddress } from '../../model/audit-facts.ts';
import type { Answers } from '../collect/answers.ts';
import { byText, listedBy } from './told.ts';

/** `2: eth0    inet 10.0.0.2/24 …` of ip(8); an address that is made anew each day is none to remember. */
const addressLine = /^\d+:\s+(\S+?)(?:@\S+)?\s+inet6?\s+([0-9a-fA-F.:]+(?:\/\d{1,3})?)\s(.*)$/;

/** What it is reached by, in the order of its interfaces. */
export function addressesOf(answers: Answers): readonly AuditedAddress[] | null {
  const lines = listedBy(answers, 'addresses');
  return (
    lines
      ?.flatMap((line) => {
        const [, name = '', address = '', more = ''] = addressLine.exec(`${line} `) ?? [];
        const isKept = name !== '' && !/\b(?:temporary|deprecated)\b/.test(more);
        return isKept ? [{ interface: name, address }] : [];
      })
      .toSorted((a, b) => byText(a.interface, b.interface) || byText(a.address, b.address)) ?? null
  );
}
