import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../../src/model/json.ts';
import type { Result } from '../../../src/model/result.ts';
import type { ExecOutput } from '../../../src/transports/contract.ts';
import { type Look, look } from '../look.ts';
import { type Call, said } from '../strict-transports.ts';

const properties =
  'Id,LoadState,LoadError,ActiveState,SubState,Result,Type,RemainAfterExit,Restart,MainPID,ExecMainCode,ExecMainStatus,NRestarts,StartLimitBurst,TimeoutStartUSec,TimeoutStopUSec,UnitFileState,FragmentPath,DropInPaths,NeedDaemonReload,ActiveEnterTimestamp,StateChangeTimestamp,StateChangeTimestampMonotonic,TriggeredBy,ControlGroup,CanReload,Unit,NextElapseUSecRealtime,NextElapseUSecMonotonic,LastTriggerUSec';

/** A recording, six hours and nine months moved so that it was made at the tests' time. */
export function recorded(name: string): string {
  const path = new URL(`../../fixtures/systemctl/${name}.txt`, import.meta.url);
  return readFileSync(path, 'utf8').replace(
    /Wed 2026-11-25 (\d\d):/g,
    (_, hour) => `Wed 2026-02-18 ${String(Number(hour) + 6).padStart(2, '0')}:`,
  );
}

export function show(
  units: readonly string[],
  answer: ExecOutput,
  { user = false, host = 'panda' } = {},
): Call {
  const own = user ? ['XDG_RUNTIME_DIR=/run/user/501', 'systemctl', '--user'] : ['systemctl'];
  const argv = [
    'env',
    'TZ=UTC',
    ...own,
    'show',
    '--all',
    `--property=${properties}`,
    '--',
    ...units,
  ];
  return { verb: 'exec', request: { host, argv }, answer };
}

export function lookAt(spec: JsonObject, calls: readonly Call[], more: Partial<Look> = {}) {
  return look({ kind: 'systemd', spec, calls, ...more });
}

/** What the text means, whatever unit it is of. */
export function lookAtText(text: string, more: Partial<Look> = {}): Promise<Result> {
  const units = [...text.matchAll(/^Id=(.*)$/gm)].map(([, id = '']) => id);
  const [unit = 'x.service', triggers] = units;
  const known = {
    state: 'unknown',
    note: '',
    facts: { timer: { triggers: triggers ?? null } },
  } as const;
  const calls = [show(units, said(text))];
  return lookAt({ unit }, calls, triggers === undefined ? more : { previous: known, ...more });
}

/** The text with other values of some properties, in its first unit. */
export function withValues(text: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce(
    (made, [key, value]) => made.replace(new RegExp(`^${key}=.*$`, 'm'), `${key}=${value}`),
    text,
  );
}
