/** SQLITE_FULL and SQLITE_READONLY (sqlite.org/rescode.html), by the system's names for the same. */
const ofSqlite: Readonly<Record<number, string>> = { 13: 'ENOSPC', 8: 'EROFS' };

const inWords: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'no space is left on the disk',
  EROFS: 'the disk is read-only',
  EACCES: 'the folder may not be written',
  EPERM: 'the folder may not be written',
};

/** Why something could not be written: "no space is left on the disk, ENOSPC"; else the bare code. */
export function whyNotKept(error: unknown): string {
  const { code = String(error), errcode } = error as NodeJS.ErrnoException & { errcode?: number };
  const known = ofSqlite[errcode ?? 0] ?? code;
  const words = inWords[known];
  return words === undefined ? known : `${words}, ${known}`;
}

/** Whether it is the operating system's refusal (ENOSPC, EROFS), and no bug. */
export function isOfSystem(error: unknown): boolean {
  return /^E(?!RR_)/.test(String((error as NodeJS.ErrnoException).code ?? ''));
}
