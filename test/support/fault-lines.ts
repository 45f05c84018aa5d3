import type { TextFault } from '../../src/model/text-fault.ts';

/** Faults as `3:5 spec.ports[0]: is not a list`, a warning with `(warning)` before it. */
export function faultLines(faults: readonly TextFault[]): readonly string[] {
  return faults.map(({ line, column, path, message, isWarning }) => {
    const where = path === '' ? '' : `${path}: `;
    return `${isWarning ? '(warning) ' : ''}${line}:${column} ${where}${message}`;
  });
}
