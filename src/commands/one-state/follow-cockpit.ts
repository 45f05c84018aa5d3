import { emptyNetworkState } from '../../model/health.ts';
import { withChange } from '../../watch/state-change.ts';
import type { WatchedStore } from '../../watch/store.ts';
import type { OpenNetwork } from '../open-network.ts';
import { type Knock, lineOf, type Order } from './messages.ts';
import { createSilence } from './silence.ts';
import { talkToCockpit } from './talk-to-cockpit.ts';

/** How a conversation ended; `not-there`: nobody answered; `silent`: it has stopped to. */
type End = 'gone' | 'not-there' | 'another-network' | 'silent';

/** Another process's poller, seen through its socket. */
export interface Following {
  order(order: Order): void;
  stop(): void;
  readonly ended: Promise<End>;
}

/** Ages are judged anew this often, as a poller does it: one that hangs must be seen to. */
const tickMs = 1000;

/** Mirrors the state of whoever polls this network into a store. */
export function followCockpit(
  { stateFolder, identity }: Pick<OpenNetwork, 'stateFolder' | 'identity'>,
  store: WatchedStore,
  onFirst: () => void,
): Following {
  let mirrored = emptyNetworkState;
  let seen: End = 'not-there';
  const { promise: ended, resolve: end } = Promise.withResolvers<End>();
  const order = (what: Order | Knock): void => void talk?.socket.write(lineOf(what));
  const silence = createSilence(
    () => order({ do: 'hello' }),
    () => {
      seen = 'silent';
      talk?.close();
    },
  );
  const ticking = setInterval(() => {
    store.setState({ nowMs: Date.now() });
    silence.tick();
  }, tickMs);
  const talk = talkToCockpit({
    stateFolder,
    ask: { want: 'follow', network: identity },
    onTold: (told) => {
      silence.heard();
      if (told.type === 'refused') seen = 'another-network';
      if (told.type !== 'state') return;
      const { change, restoredFrom, paused } = told;
      mirrored = withChange(mirrored, change);
      store.setState({ state: mirrored, nowMs: Date.now(), restoredFrom, paused });
      if (seen !== 'gone') onFirst();
      seen = 'gone';
    },
    onEnd: () => {
      clearInterval(ticking);
      end(seen);
    },
  });
  if (!talk) {
    clearInterval(ticking);
    end('not-there');
  }
  return {
    order,
    stop: () => talk?.close(),
    ended,
  };
}
