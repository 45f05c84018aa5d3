import type { Listener } from '../../model/audit-facts.ts';

/** `[::]:22`, `127.0.0.53%lo:53`, `*:3999`, `:::22`. */
export function placeOf(local: string): Pick<Listener, 'address' | 'port'> | null {
  const [, address = '', port = ''] = /^(.*):(\d{1,5})$/.exec(local) ?? [];
  const bare = address.replace(/[[\]]/g, '').replace(/%.*$/, '');
  return bare === '' || port === '' ? null : { address: bare, port: Number(port) };
}
