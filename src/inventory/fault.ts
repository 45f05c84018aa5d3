/** What is wrong at one place of an inventory; line and column count from 1. */
export interface InventoryFault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `services[2].checks[0].url`; empty for the whole file. */
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/** `inventory.yaml:12:7: services[2].checks[0].url: is not …, try …` */
export function faultLine(fault: InventoryFault): string {
  const { file, line, column, path, message, hint } = fault;
  const where = path === '' ? '' : `${path}: `;
  const next = hint === '' ? '' : `, try: ${hint}`;
  return `${file}:${line}:${column}: ${where}${message}${next}`;
}

/** `['services', 2, 'url']` as `services[2].url`. */
export function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else text += text === '' ? String(key) : `.${String(key)}`;
  }
  return text;
}
