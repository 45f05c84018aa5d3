import { changesBetween } from '../outputs/changes.ts';
import { envelope } from '../outputs/envelope.ts';
import { nextActions } from '../outputs/next-actions.ts';
import { reportJson } from '../outputs/report-json.ts';
import { type Command, headOf, sameNetwork } from './context.ts';
import { openWatch } from './open-watch.ts';
import { reportOf } from './report-of.ts';
import { whenAborted } from './when-aborted.ts';

/**
 * Polls until it is interrupted and prints one JSON line per change: `start` with the first whole
 * sample and again with an inventory that has become another, `change` for each host or service, and
 * the envelope as the last line.
 */
export const watchNetwork: Command = async (context) => {
  const { store, watch, close } = await openWatch(context);
  let shown = reportOf(store);
  let writing = Promise.resolve();
  const say = (value: object): void => {
    writing = writing.then(() => context.write(line(value)));
  };
  const start = (): void => say({ type: 'start', at: shown.at, result: reportJson(shown) });
  start();
  const unsubscribe = store.subscribe(({ network }, before) => {
    const now = reportOf(store);
    const changes = changesBetween(shown, now);
    shown = now;
    if (network !== before.network) start();
    else for (const change of changes) say(change);
  });
  await whenAborted(context.signal);
  unsubscribe();
  // Said before anything is ended: nothing that hangs can keep it back.
  const source = watch.isFollowing() ? ('cockpit' as const) : ('probe' as const);
  const ok = shown.summary.state === 'up';
  const answer = { schema: 'joelclaw.status/v1', ok, source };
  const { inventory } = store.getState().network;
  const more = {
    result: reportJson(shown),
    nextActions: nextActions(shown, { inventory, where: sameNetwork(context) }),
  };
  await writing;
  await context.write(envelope(headOf(context, '--headless --watch'), { ...answer, ...more }));
  await close();
  return 0;
};

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
