import { envelope } from '../outputs/envelope.ts';
import { type Command, headOf } from './context.ts';
import { sampleOrCockpit } from './default.ts';

/** `lab list`, or `lab [SCENARIO]`: the same as the bare command, over a simulated network. */
export const lab: Command = async (context) => {
  const [, scenario = 'healthy'] = context.options.words;
  if (scenario === 'list') return list(context);
  return sampleOrCockpit({ ...context, options: { ...context.options, words: [], lab: scenario } });
};

const list: Command = async (context) => {
  const { labScenarios } = await import('../lab/index.ts');
  if (context.options.json) {
    const answer = { schema: 'joelclaw.lab/v1', ok: true, result: { scenarios: labScenarios } };
    await context.write(envelope(headOf(context, 'lab list'), answer));
  } else {
    const widest = Math.max(...labScenarios.map(({ name }) => name.length));
    const lines = labScenarios.map(({ name, summary }) => `${name.padEnd(widest)}  ${summary}\n`);
    await context.write(lines.join(''));
  }
  return 0;
};
