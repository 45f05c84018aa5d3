import type { ExitCode } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import type { State } from '../model/state.ts';
import { summarize } from '../model/summarize.ts';
import { envelope } from '../outputs/envelope.ts';
import { nextActions } from '../outputs/next-actions.ts';
import { reportJson } from '../outputs/report-json.ts';
import { statusPage } from '../outputs/status-page.ts';
import { type Command, type Context, headOf, sameNetwork, wantsColor } from './context.ts';
import { type Picked, pickedOf } from './pick.ts';
import { takeSample } from './take-sample.ts';

/** One sample of everything or of some ids, as the status page or as JSON. */
export const status: Command = async (context) => {
  const { options } = context;
  const ids = options.words.slice(1);
  const { report: whole, picked, badge, source, inventory } = await takeSample(context, ids);
  const report = picked === null ? whole : limited(whole, picked);
  if (options.json) {
    const ok = report.summary.state === 'up';
    const answer = { schema: 'joelclaw.status/v1', ok, source };
    const more = {
      result: reportJson(report),
      nextActions: nextActions(report, { inventory, where: sameNetwork(context) }),
    };
    await context.write(envelope(headOf(context, verbOf(context)), { ...answer, ...more }));
  } else {
    await context.write(statusPage(report, { color: wantsColor(context), badge }));
  }
  return exitCodeOf(report.summary.state, options.exitCode);
};

/** 0 whenever the sample was taken; `--exit-code` makes it follow the state. */
export function exitCodeOf(state: State, follow: boolean): ExitCode {
  if (!follow || state === 'up') return 0;
  return state === 'down' ? 2 : 1;
}

/** Functions and files were not asked about, and say so rather than that they are unknown. */
function limited(report: Report, picked: Picked): Report {
  const part = pickedOf(report, picked);
  const unasked = { state: 'n/a', note: 'not asked about' } as const;
  const functions = { ...report.functions, ...unasked };
  const drift = { ...report.drift, ...unasked };
  const summary = summarize(part.nodes, part.services, functions);
  return { ...report, ...part, functions, drift, summary };
}

function verbOf({ options }: Context): string {
  return options.words.length === 0 ? '--headless' : options.words.join(' ');
}
