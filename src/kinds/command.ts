import * as z from 'zod';
import type { Verdict } from '../model/result.ts';
import { defineKind } from './contract.ts';

const spec = z.strictObject({
  argv: z.tuple([z.string().min(1)], z.string()),
  exitCode: z.int().min(0).max(255).default(0),
  stdout: z.string().refine(isRegex, 'is not a regular expression').optional(),
});

interface CommandFacts {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program on the service's host that ends as wanted and says what is wanted. */
export const command = defineKind({
  kind: 'command',
  summary: "A program on the service's host ends with the wanted exit code and output.",
  spec,
  onHost: true,
  ownSilence: true,
  observe: async ({ argv, stdout: wanted }, { host, transports, options }) => {
    const output = await transports.exec(
      { on: host, argv, ...(wanted === undefined ? { headOnly: true } : {}) },
      options,
    );
    const { exitCode, signal, stdout, stderr } = output;
    return { exitCode, signal, stdout, stderr };
  },
  judge,
});

function judge(facts: CommandFacts, _previous: unknown, wanted: z.output<typeof spec>): Verdict {
  const { exitCode, signal } = facts;
  if (signal !== null) return { state: 'down', note: `ended by ${signal}` };
  if (exitCode !== wanted.exitCode) {
    const last = lastLine(facts.stderr);
    return { state: 'down', note: last === '' ? `exit ${exitCode}` : `exit ${exitCode}: ${last}` };
  }
  if (wanted.stdout !== undefined && !new RegExp(wanted.stdout, 'm').test(facts.stdout)) {
    return { state: 'down', note: `the output does not match /${wanted.stdout}/` };
  }
  return { state: 'up', note: `exit ${exitCode}` };
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}

function isRegex(text: string): boolean {
  try {
    return new RegExp(text, 'm') instanceof RegExp;
  } catch {
    return false;
  }
}
