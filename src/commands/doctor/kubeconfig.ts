import { parse } from 'yaml';
import { isJsonObject, type Json } from '../../model/json.ts';

/** What a kubeconfig names; the rest of it are secrets and is not looked at. */
export interface Kubeconfig {
  readonly current: string | null;
  readonly contexts: readonly string[];
}

/** Null when the text is no kubeconfig. */
export function readKubeconfig(text: string): Kubeconfig | null {
  const value = parsed(text);
  const contexts = isJsonObject(value) ? value['contexts'] : undefined;
  if (!isJsonObject(value) || !Array.isArray(contexts)) return null;
  const names = contexts.map((one) => (isJsonObject(one) ? one['name'] : null));
  const current = value['current-context'];
  return {
    current: typeof current === 'string' && current !== '' ? current : null,
    contexts: names.filter((name): name is string => typeof name === 'string' && name !== ''),
  };
}

/** The parser's own words may quote the file. */
function parsed(text: string): Json | undefined {
  try {
    return parse(text, { logLevel: 'silent' }) as Json;
  } catch {
    return undefined;
  }
}
