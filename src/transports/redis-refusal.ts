import { FaultError } from '../model/errors.ts';
import { type Fault, faultOf } from '../model/fault.ts';
import { plainText } from '../model/plain-text.ts';
import type { Reply } from './resp.ts';

/** The replies' texts; throws the fault that the first error among them means. */
export function texts(replies: readonly Reply[]): readonly string[] {
  const refused = replies.find(({ error }) => error);
  if (refused) throw new FaultError(refusal(refused.text));
  return replies.map(({ text }) => text);
}

/** Redis answers an error as a code in capitals and a sentence. */
function refusal(text: string): Fault {
  if (/^(?:NOAUTH|WRONGPASS)\b/.test(text)) return loginFault(text);
  if (text.startsWith('NOPERM')) {
    return faultOf('forbidden', 'its user may not ask this', { hint: 'ACL SETUSER … +ping +info' });
  }
  return faultOf('protocol', `answered an error: ${plainText(text, 120)}`);
}

/** For the error that answers AUTH. No word of it is shown: some servers repeat the password. */
export function loginFault(text: string): Fault {
  if (text.startsWith('NOAUTH')) {
    return faultOf('auth', 'it wants a password', { hint: 'redis://:password@host:port' });
  }
  if (/without any password|no password is set/.test(text)) {
    return faultOf('auth', 'it has no password, but the URL has one', { hint: 'remove it there' });
  }
  return faultOf('auth', 'it does not accept the password', { hint: "correct the URL's password" });
}
