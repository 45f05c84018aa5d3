import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { ExecOutput } from '../../transports/contract.ts';
import type { ObserveContext } from '../contract.ts';

const launchctl = '/bin/launchctl';

/** What the domains say of a label: the text of the first that knows it, and the words of the others. */
export interface Printed {
  readonly found: { readonly domain: string; readonly text: string } | null;
  readonly domains: Readonly<Record<string, string>>;
}

export const noService = 'no such service';
export const noDomain = 'no such domain';

/** A label, and the user in whose domains it is looked for. */
export interface Wanted {
  readonly label: string;
  readonly uid: number;
}

/** The domains of a user's agents and of the system's daemons, the likeliest first (launchctl(1)). */
export function domainsOf(uid: number): readonly [string, string, string] {
  return [`gui/${uid}`, `user/${uid}`, 'system'];
}

/**
 * Asks one domain after the other and stops at the first that knows the label. The one that knew it
 * the last time is asked first, so that a unit costs one process.
 */
export async function askDomains(
  { label, uid }: Wanted,
  context: ObserveContext,
): Promise<Printed> {
  const last = context.previous?.facts['domain'];
  const usual = domainsOf(uid);
  return askThese(
    usual.toSorted((a, b) => Number(b === last) - Number(a === last)),
    label,
    context,
  );
}

/** Asks these and no others, in this order. */
export async function askThese(
  order: readonly string[],
  label: string,
  context: ObserveContext,
): Promise<Printed> {
  const domains: Record<string, string> = {};
  for (const domain of order) {
    const output = await run(['print', `${domain}/${label}`], context);
    if (output.exitCode === 0) return { found: { domain, text: output.stdout }, domains };
    domains[domain] = refusalOf(output);
  }
  return { found: null, domains };
}

/**
 * 113 is launchctl's for a label that is not loaded, 112 and 125 for a domain that is not there: a
 * user without a GUI session has none. Anything else is told in its own words.
 */
function refusalOf({ exitCode, stdout, stderr }: ExecOutput): string {
  const words = `${stderr}\n${stdout}`;
  if (/could not find domain|domain does not support/i.test(words)) return noDomain;
  if (exitCode === 112 || exitCode === 125) return noDomain;
  if (exitCode === 113 || /could not find service/i.test(words)) return noService;
  const said = words.trim().split('\n').at(0) ?? '';
  return `exit ${exitCode}${said === '' ? '' : `: ${said}`}`;
}

/**
 * Whether a label is disabled: `print` does not tell. `"label" => disabled` since macOS 14, before
 * that `=> true`; a label that is not listed is not. Null when the domain does not answer.
 */
export async function askDisabled(
  label: string,
  domain: string,
  context: ObserveContext,
): Promise<boolean | null> {
  const { exitCode, stdout } = await run(['print-disabled', domain], context);
  return exitCode === 0 ? isDisabled(stdout, label) : null;
}

/** The list ends at its bracket: login items may follow, whose rows look the same. */
export function isDisabled(text: string, label: string): boolean | null {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const start = lines.findIndex((line) => /^disabled services\b.*\{$/.test(line));
  if (start < 0) return null;
  const end = lines.indexOf('}', start);
  const list = lines.slice(start + 1, end < 0 ? lines.length : end);
  const row = list.find((line) => line.startsWith(`"${label}" => `));
  return row !== undefined && /=> (?:disabled|true)$/.test(row);
}

async function run(args: readonly string[], context: ObserveContext): Promise<ExecOutput> {
  const { host, transports, options } = context;
  const output = await transports.exec({ on: host, argv: [launchctl, ...args] }, options);
  if (output.exitCode !== null) return output;
  const ended = `launchctl was ended by ${output.signal}`;
  throw new FaultError(faultOf('protocol', ended, { side: 'prober' }));
}
