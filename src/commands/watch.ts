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
 * sample, `change` for each host or service, and the envelope as the last line.
 */
export const watchNetwork: Command = async (context) => {
  const { open, store, watch, close } = await openWatch(context);
  const { inventory } = open.network;
  let shown = reportOf(store);
  let writing = context.write(line({ type: 'start', at: shown.at, result: reportJson(shown) }));
  const unsubscribe = store.subscribe(() => {
    const now = reportOf(store);
    for (const change of changesBetween(shown, now))
      writing = writing.then(() => context.write(line(change)));
    shown = now;
  });
  await whenAborted(context.signal);
  unsubscribe();
  // Said before anything is ended: nothing that hangs can keep it back.
  const source = watch.isFollowing() ? ('cockpit' as const) : ('probe' as const);
  const ok = shown.summary.state === 'up';
  const answer = { schema: 'joelclaw.status/v1', ok, source };
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
