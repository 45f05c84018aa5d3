import { type Fault, faultOf } from '../../model/fault.ts';
import { commandFor, nameOf, type SshPlace } from './place.ts';

/** Tailscale's ssh in check mode prints a link and waits until somebody has followed it. */
export function asksForBrowser(text: string): boolean {
  return /https:\/\/login\.tailscale\.com\//.test(text);
}

export function browserFault(place: SshPlace): Fault {
  return faultOf('auth', `Tailscale wants a login in the browser for ${nameOf(place)}`, {
    hint: `run ${commandFor(place)} and follow its link, or set the ACL's action to accept`,
  });
}
