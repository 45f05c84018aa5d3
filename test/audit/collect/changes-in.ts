const changing =
  /^(?:creat|mkdir(?:at)?|mknod(?:at)?|unlink(?:at)?|rmdir|rename(?:at2?)?|link(?:at)?|symlink(?:at)?|f?chmod(?:at2?)?|[fl]?chown(?:at|32)?|f?truncate(?:64)?|utimes?|utimensat|futimesat|[fl]?(?:set|remove)xattr|mount|umount2?|acct|swapon)\(/;
const opening = /^open(?:at2?)?\((?:[^,"]*, )?"((?:[^"\\]|\\.)*)"\.*, ([^)]*)/;
const writing = /\bO_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)\b/;

/** The calls of a log of strace(1) that change a file, or open one to do so: what is thrown away does not count. */
export function changesIn(log: string): readonly string[] {
  return log.split('\n').filter((line) => {
    const call = line.replace(/^\d+\s+/, '');
    if (changing.test(call)) return true;
    const [, path, flags = ''] = opening.exec(call) ?? [];
    return path !== undefined && path !== '/dev/null' && path !== '/dev/tty' && writing.test(flags);
  });
}
