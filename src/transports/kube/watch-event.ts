import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { metadataOf, withoutBulk } from './held-objects.ts';

/**
 * A line of a watch. `expired`: its version is too old, and all must be listed again (410);
 * `refused`: this server does not serve such a watch; `garbage`: it is no event at all.
 */
export type WatchEvent =
  | { readonly type: 'put' | 'remove'; readonly object: JsonObject; readonly version: string }
  | { readonly type: 'bookmark'; readonly version: string }
  | { readonly type: 'expired' | 'refused' | 'ignored' | 'garbage' };

/** Format: https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes */
export function parseWatchEvent(line: string): WatchEvent {
  const event = jsonOf(line);
  if (!isJsonObject(event) || typeof event['type'] !== 'string') return { type: 'garbage' };
  const { type, object } = event;
  if (type === 'ERROR') {
    const code = isJsonObject(object) ? object['code'] : null;
    return { type: code === 410 ? 'expired' : 'refused' };
  }
  if (type === 'BOOKMARK') return bookmarkOf(object);
  if (type !== 'ADDED' && type !== 'MODIFIED' && type !== 'DELETED') return { type: 'ignored' };
  const metadata = metadataOf(object);
  const version = metadata?.['resourceVersion'];
  if (!metadata || typeof version !== 'string') return { type: 'garbage' };
  const plain = withoutBulk(object as JsonObject, metadata);
  return { type: type === 'DELETED' ? 'remove' : 'put', object: plain, version };
}

/** A bookmark's object has a version and no name. */
function bookmarkOf(object: unknown): WatchEvent {
  const metadata = isJsonObject(object) ? object['metadata'] : null;
  const version = isJsonObject(metadata) ? metadata['resourceVersion'] : null;
  return typeof version === 'string' ? { type: 'bookmark', version } : { type: 'garbage' };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
