import { unitMark } from '../../actions/unit-mark.ts';
import { verifyFacts } from '../../actions/verify-facts.ts';
import { wordsOf } from '../../actions/verify-restart.ts';
import { adminOf, load, loadedBy } from '../../kinds/file/caddy-admin.ts';
import type { ManagedFile, Service } from '../../model/inventory.ts';
import type { ActGround } from '../acting/prepared.ts';
import { finishing } from './apply-ground.ts';
import { isBad, lookAtService } from './look-at-service.ts';
import type { Served } from './start-anew.ts';

/** Where this Caddy is told; null where only a restart makes it read its file. */
export function adminFor(file: ManagedFile, { open }: ActGround): string | null {
  const host = open.network.inventory.hosts.find(({ name }) => name === file.host) ?? null;
  return adminOf(file, host);
}

/** Caddy 2.6 leaves sites listening that it had started before the one that found its port taken. */
function half(words: string): string {
  const isOfPort = /listen|address already in use/.test(words);
  return isOfPort ? '; sites that it had begun may answer until it is restarted' : '';
}

const wantedSamples = 3;
const withinMs = 30_000;

/** It has neither taken nor refused it: `unasked` was not told, `unanswered` may take it yet. */
export interface Untold {
  readonly state: 'unasked' | 'unanswered';
  readonly words: string;
}

/** Whether it was told in vain. */
export function isUntold(said: Served | Untold): said is Untold {
  return said.state === 'unasked' || said.state === 'unanswered';
}

/**
 * Loads a Caddyfile into the Caddy that runs, sees that it has it, and that its service is as well as
 * before. What Caddy refuses leaves the old one running.
 */
export async function loadCaddy(
  {
    admin,
    text,
    service,
  }: { readonly admin: string; readonly text: string; readonly service: Service | null },
  act: ActGround,
): Promise<Served | Untold> {
  const { transports } = act.open;
  const asked = { transports, options: finishing };
  const before = service === null ? null : await lookAtService(service, act);
  const said = await load(admin, text, asked);
  const { state, words } = said;
  if (state === 'unasked' || state === 'unanswered') return { state, words };
  if (state === 'refused') {
    return { state: 'failed', words: `Caddy goes on with the old one: ${words}${half(words)}` };
  }
  if ((await loadedBy(admin, text, asked)).isLoaded === false) {
    return { state: 'failed', words: 'Caddy took it, and runs with another one' };
  }
  if (service === null || before === null || isBad(before))
    return { state: 'done', words: 'loaded' };
  const { verified, note } = await verifyFacts(
    { before: unitMark(before), samples: wantedSamples, withinMs: act.verifyMs ?? withinMs },
    {
      ...{ clock: transports.clock, signal: act.signal },
      onLook: (seen, good) => act.onLook(seen, good),
      look: async () => {
        const seen = await lookAtService(service, act);
        return { mark: unitMark(seen), isSo: !isBad(seen), words: wordsOf(seen) };
      },
    },
  );
  return { state: verified ? 'done' : 'failed', words: note };
}
