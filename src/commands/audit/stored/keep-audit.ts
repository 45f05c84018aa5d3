import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { storedText } from '../../../audit/compare/stored-audit.ts';
import type { AuditedService, AuditReport } from '../../../model/audit.ts';
import { hideSecrets } from '../../../model/hide-secrets.ts';
import { isJsonObject, type Json } from '../../../model/json.ts';
import { type Cleaner, cleaner, longestCommand } from '../../../model/plain-text.ts';
import type { Context } from '../../context.ts';
import type { OpenNetwork } from '../../open-network.ts';
import { writeStateFile } from '../../state-file.ts';
import { auditFolder, pointedAt, pointerFile, storedIds } from './audit-folder.ts';

/** Of one host; the oldest go first, and the accepted one never. */
const mostAudits = 50;

/** As far as files are read again. */
const mostBytes = 1024 * 1024;

/**
 * A report as it is shown and stored: plain text, without the values that must not be seen, or look
 * like secrets. What somebody may copy into a shell there is whole.
 */
export function cleanReport(report: AuditReport, secrets: readonly string[]): AuditReport {
  const short = cleanly(report, cleaner(secrets));
  const whole = cleaner(secrets, longestCommand);
  const commandsOf = ({ restart, stop, logs }: AuditedService) =>
    cleanly({ restart, stop, logs }, whole);
  return {
    ...short,
    services: short.services.map((one, at) => ({
      ...one,
      ...commandsOf(report.services[at] ?? one),
    })),
    findings: short.findings.map((one, at) => ({
      ...one,
      ...cleanly({ remedy: report.findings[at]?.remedy ?? one.remedy }, whole),
    })),
  };
}

function cleanly<Thing>(thing: Thing, clean: Cleaner): Thing {
  return withoutSecrets(clean(JSON.parse(JSON.stringify(thing)) as Json)) as unknown as Thing;
}

function withoutSecrets(value: Json): Json {
  if (typeof value === 'string') return hideSecrets(value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutSecrets(one)]));
}

/** Stores a clean report as the newest of its host. What cannot be kept is told, and costs nothing else. */
export async function keepAudit(
  open: Pick<OpenNetwork, 'stateFolder'>,
  report: AuditReport,
  { warn }: Pick<Context, 'warn'>,
): Promise<void> {
  const folder = auditFolder(open, report.host);
  const text = storedText(report);
  if (Buffer.byteLength(text) > mostBytes) {
    warn(`the audit of ${report.host} could not be kept: it is larger than 1 MiB`);
    return;
  }
  let isKept = true;
  const context = {
    warn: (line: string): void => {
      isKept = false;
      warn(line);
    },
  };
  const file = { folder, name: `${report.id}.json`, what: `the audit of ${report.host}` };
  await writeStateFile(file, text, context);
  // What points at it must not come before it.
  if (!isKept) return;
  await writeStateFile(pointerFile(folder, 'newest'), `${report.id}\n`, context);
  await dropOldest(folder, report.id, { warn });
}

async function dropOldest(
  folder: string,
  newest: string,
  context: Pick<Context, 'warn'>,
): Promise<void> {
  const accepted = await pointedAt(folder, 'accepted', context);
  const ids = await storedIds(folder);
  const staying = new Set([newest, accepted].filter((id) => id !== null));
  const others = ids.filter((id) => !staying.has(id));
  const here = ids.filter((id) => staying.has(id)).length;
  for (const id of others.slice(Math.max(0, mostAudits - here))) {
    await rm(join(folder, `${id}.json`), { force: true }).catch(() => {});
  }
}
