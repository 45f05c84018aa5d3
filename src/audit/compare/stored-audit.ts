import type { AuditReport } from '../../model/audit.ts';
import { isJsonObject, type Json, jsonObjectOf } from '../../model/json.ts';

/** The version of the format; what is of a newer one is not read. */
const version = 1;

/** The text by which an audit is stored. The same report is the same bytes. */
export function storedText(report: AuditReport): string {
  return `${JSON.stringify({ version, report }, null, 1)}\n`;
}

/**
 * A stored audit; null for what is none, or is damaged. What an older joelclaw did not know to ask could
 * not be told, and is null as all else that could not.
 */
export function parseStored(text: string): AuditReport | null {
  const stored = jsonObjectOf(text);
  if (stored?.['version'] !== version) return null;
  const report = wholeReport(stored['report']);
  return report === undefined ? null : (report as unknown as AuditReport);
}

/** Whether a text is the id of an audit, and so may be the name of a file: `20260218T090000Z-3fk2`. */
export function isAuditId(text: string): boolean {
  return /^\d{8}T\d{6}Z-[0-9a-z]{4}$/.test(text);
}

/** A value as it is to be read; undefined where it is damaged. */
type Read = (value: Json | undefined) => Json | undefined;

const text: Read = (value) => (typeof value === 'string' ? value : undefined);
const count: Read = (value) => (typeof value === 'number' ? value : undefined);
const truth: Read = (value) => (typeof value === 'boolean' ? value : undefined);

const orNull =
  (read: Read): Read =>
  (value) =>
    value === undefined || value === null ? null : read(value);

const list =
  (read: Read): Read =>
  (value) => {
    if (!Array.isArray(value)) return undefined;
    const all = value.map(read);
    return all.some((one) => one === undefined) ? undefined : (all as Json[]);
  };

/** Fields that are not named stay as they are. */
const object =
  (fields: Readonly<Record<string, Read>>): Read =>
  (value) => {
    if (!isJsonObject(value)) return undefined;
    const found = Object.entries(fields).map(([name, read]) => [name, read(value[name])] as const);
    if (found.some(([, one]) => one === undefined)) return undefined;
    return { ...value, ...(Object.fromEntries(found) as Record<string, Json>) };
  };

const [texts, textOr, countOr, truthOr] = [list(text), orNull(text), orNull(count), orNull(truth)];
const listOr = (fields: Readonly<Record<string, Read>>): Read => orNull(list(object(fields)));

const facts = object({
  hardware: object({
    ...{ vendor: textOr, product: textOr, virtualization: textOr, cpu: textOr, cpus: countOr },
    ...{ memoryBytes: countOr, swapBytes: countOr, gpus: orNull(texts) },
    disks: listOr({ name: text, sizeBytes: count, rotational: truthOr, model: textOr }),
  }),
  system: object({
    ...{ hostname: textOr, machine: textOr, os: textOr, osId: textOr, kernel: textOr },
    ...{ architecture: textOr, init: textOr, timeService: textOr },
  }),
  network: object({
    addresses: listOr({ interface: text, address: text }),
    listeners: listOr({
      ...{ protocol: text, address: text, port: count, pid: countOr, program: textOr },
      ...{ uid: countOr, unit: textOr },
    }),
    firewall: textOr,
  }),
  mounts: listOr({ mount: text, device: text, type: text, sizeBytes: countOr }),
  units: object({
    failed: orNull(texts),
    timers: listOr({ unit: text, starts: text, user: truth, active: truth }),
    enabled: orNull(texts),
  }),
  crontabs: listOr({ source: text, user: textOr, schedule: text, command: text }),
  containers: listOr({
    ...{ engine: text, id: text, name: textOr, image: textOr, running: truth },
    restartPolicy: textOr,
  }),
  updates: object({ automatic: truthOr }),
  logins: object({
    users: listOr({ name: text, uid: count, shell: text, groups: texts }),
    keys: listOr({ user: text, fingerprint: text, comment: text }),
    passwordAuthentication: truthOr,
    rootLogin: textOr,
  }),
});

const wholeReport = object({
  ...{ host: text, id: text, at: text, script: text },
  cutOff: orNull(object({ code: text, message: text })),
  facts,
  services: list(
    object({
      ...{ name: text, declared: truth, port: countOr },
      manager: object({ kind: text, name: textOr, confidence: text, evidence: texts }),
      survives: object({ reboot: truthOr, crash: truthOr, logout: truthOr }),
    }),
  ),
  findings: list(object({ id: text, severity: text })),
  unknowns: list(object({ probe: text, why: text, words: text })),
});
