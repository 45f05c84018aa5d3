import { type Fault, faultOf } from '../model/fault.ts';

const ours = { side: 'prober' } as const;

/** It is not what the plan was made for: nothing is written over it. */
export function becameAnother(path: string): Fault {
  return faultOf('stale', `${path} has become another one since it was looked at`, {
    ...ours,
    hint: 'look again: joelclaw infra plan',
  });
}

/** A rename would replace the link and leave what it leads to as it is. */
export function isLink(path: string): Fault {
  return faultOf('protocol', `${path} is a link`, {
    ...ours,
    hint: 'put the file itself there, or let the inventory name where the link leads',
  });
}

/** A folder or a device, which no file takes the place of. */
export function isNoFile(path: string): Fault {
  return faultOf('not-found', `${path} is not a file`, { ...ours, hint: 'move it away' });
}

/** Whoever writes there is not allowed to. */
export function mayNotWrite(path: string, said: string): Fault {
  const readOnly = /read-only|EROFS/i.test(said);
  return faultOf(
    'forbidden',
    `${path} may not be written${readOnly ? ': its disk is read-only' : ''}`,
    {
      hint: readOnly
        ? 'mount it for writing'
        : 'write it as root, or give its folder to the user who writes here',
    },
  );
}
