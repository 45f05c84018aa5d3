/** The properties that `systemctl show` says of one unit. */
export type Properties = ReadonlyMap<string, string>;

/**
 * Reads `Key=value` lines, a block a unit with an empty line between (systemctl(1), `show`). A
 * property that is told twice, differently, is not told; neither is a last line without its end.
 */
export function readShow(text: string): readonly Properties[] {
  const lines = text
    .replace(/[^\n]*$/, '')
    .split('\n')
    .slice(0, -1);
  const units: Map<string, string | null>[] = [new Map()];
  for (const line of lines) {
    if (line === '') {
      units.push(new Map());
      continue;
    }
    const [, key, value] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? [];
    const unit = units.at(-1);
    if (key === undefined || value === undefined || !unit) continue;
    const before = unit.get(key);
    unit.set(key, before === undefined || before === value ? value : null);
  }
  return units.map(
    (unit) => new Map([...unit].filter((one): one is [string, string] => one[1] !== null)),
  );
}

/** What every version of the last ten years tells, and what decides. */
const needed = [
  'Id',
  'LoadState',
  'LoadError',
  'ActiveState',
  'SubState',
  'NeedDaemonReload',
  'StartLimitBurst',
];
const neededOf: Readonly<Record<string, readonly string[]>> = {
  service: ['Type', 'RemainAfterExit', 'MainPID', 'Result', 'ExecMainCode', 'ExecMainStatus'],
  timer: ['Unit', 'Result', 'NextElapseUSecRealtime', 'NextElapseUSecMonotonic'],
};

/** Whether nothing that decides is missing, for a unit of this type. */
export function isWhole(properties: Properties, unitType: string): boolean {
  return [...needed, ...(neededOf[unitType] ?? [])].every((key) => properties.has(key));
}
