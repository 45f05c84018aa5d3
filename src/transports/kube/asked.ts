import type { PreparedRequest } from '../http-request.ts';
import type { ClusterAccess } from './cluster-access.ts';

/** A request that was made, for the words of what came of it. */
export interface Asked {
  readonly verb: 'list' | 'watch' | 'get' | 'patch' | 'delete';
  readonly resource: string;
  readonly namespace: string | null;
  readonly access: ClusterAccess;
  readonly prepared: PreparedRequest;
  /** It has answered other questions lately, as an API server does. */
  readonly isApi?: boolean;
}
