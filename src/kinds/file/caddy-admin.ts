import { FaultError } from '../../model/errors.ts';
import type { Fault, FaultCode } from '../../model/fault.ts';
import { hideSecrets } from '../../model/hide-secrets.ts';
import type { Host, Inventory, ManagedFile } from '../../model/inventory.ts';
import { isJsonObject, type Json, type JsonObject, jsonObjectOf } from '../../model/json.ts';
import type { CallOptions, HttpResponse, Transports } from '../../transports/contract.ts';

/** Caddy's own (caddyserver.com/docs/api). */
const usualAdmin = 'http://localhost:2019';
const mostBytes = 4 * 1024 * 1024;

/** Where a Caddy is asked and told; null where that is a port of a machine which is not this one. */
export function adminOf({ admin }: ManagedFile, host: Host | null): string | null {
  const url = (admin ?? usualAdmin).replace(/\/$/, '');
  const isLocalPort = /^https?:\/\/(?:localhost|127\.|\[::1\])/.test(url);
  return host?.access === 'ssh' && isLocalPort ? null : url;
}

/** The same by an inventory; null too where its service is declared not to run. */
export function adminIn({ hosts, services }: Inventory, file: ManagedFile): string | null {
  if (services.some(({ id, enabled }) => id === file.service && !enabled)) return null;
  return adminOf(file, hosts.find(({ name }) => name === file.host) ?? null);
}

/**
 * What a Caddy said to a configuration; `words` are why it does not take it, or cannot be asked.
 * `unanswered` is of one that was told and may still take it.
 */
export interface CaddySaid {
  readonly state: 'ok' | 'refused' | 'unasked' | 'unanswered';
  readonly words: string;
  readonly result: Json | null;
}

type Admin = Pick<Transports, 'http'>;

/** The configuration that a Caddyfile is, by Caddy itself; nothing is loaded. */
export async function adapt(
  admin: string,
  text: string,
  { transports, options }: { readonly transports: Admin; readonly options: CallOptions },
): Promise<CaddySaid> {
  const said = await post(`${admin}/adapt`, text, { transports, options });
  if (said.state !== 'ok') return said;
  return { ...said, result: isJsonObject(said.result) ? (said.result['result'] ?? null) : null };
}

/** Has Caddy go over to it, without a pause; what it refuses leaves the old one running. */
export function load(
  admin: string,
  text: string,
  asked: { readonly transports: Admin; readonly options: CallOptions },
): Promise<CaddySaid> {
  return post(`${admin}/load`, text, asked);
}

/** Whether the running configuration is what a Caddyfile says; null where Caddy has not told, for `notTold`. */
export interface Loaded {
  readonly isLoaded: boolean | null;
  /** Null where it has told, or takes no such Caddyfile, or was not asked. */
  readonly notTold: string | null;
}

/** What is known of a Caddy that listens to nobody, or is not there to be asked. */
export const notAsked: Loaded = { isLoaded: null, notTold: null };

/** Asks a running Caddy for its configuration, and compares it with that which a Caddyfile is. */
export async function loadedBy(
  admin: string,
  text: string,
  asked: { readonly transports: Admin; readonly options: CallOptions },
): Promise<Loaded> {
  if (/^\s*admin\s+off\s*$/m.test(text)) return notAsked;
  const adapted = await adapt(admin, text, asked);
  if (adapted.state !== 'ok') {
    return { isLoaded: null, notTold: adapted.state === 'refused' ? null : adapted.words };
  }
  const request = { url: `${admin}/config/`, method: 'GET', headers: {}, tls: {} };
  const running = await asked.transports
    .http({ ...request, maxBytes: mostBytes }, asked.options)
    .catch(orFault);
  if (!('status' in running)) return { isLoaded: null, notTold: running.message };
  const config = running.status === 200 && !running.truncated ? parsed(running.body) : undefined;
  if (config === undefined) {
    return { isLoaded: null, notTold: `${request.url} is not told: HTTP ${running.status}` };
  }
  return { isLoaded: canonical(config) === canonical(adapted.result ?? null), notTold: null };
}

async function post(
  url: string,
  body: string,
  { transports, options }: { readonly transports: Admin; readonly options: CallOptions },
): Promise<CaddySaid> {
  const headers = { 'content-type': 'text/caddyfile' };
  const request = { url, method: 'POST', headers, tls: {}, body, maxBytes: mostBytes };
  const answer = await transports.http(request, options).catch(orFault);
  if (!('status' in answer)) {
    const state = neverTold.has(answer.code) ? 'unasked' : 'unanswered';
    return { state, words: answer.message, result: null };
  }
  const said = jsonObjectOf(answer.body);
  if (answer.status === 200) return { state: 'ok', words: '', result: said };
  const error = typeof said?.['error'] === 'string' ? said['error'] : `HTTP ${answer.status}`;
  const isRefusal = answer.status === 400;
  return { state: isRefusal ? 'refused' : 'unasked', words: hideSecrets(error), result: null };
}

/** Nobody took the call. */
const neverTold: ReadonlySet<FaultCode> = new Set(['refused', 'dns', 'unreachable', 'tls']);

function orFault(error: unknown): HttpResponse | Pick<Fault, 'code' | 'message'> {
  if (!(error instanceof FaultError)) throw error;
  return error.fault;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Keys in order: Caddy tells equal configurations in different orders. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value as JsonObject).toSorted();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(',')}}`;
}
