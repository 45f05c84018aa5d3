import type { Adopted, AdoptionPlan } from '../model/adoption.ts';

/** What adopting would write, and what `infra apply` does then: for people. */
export function adoptionPlanText(plan: AdoptionPlan, troubles: readonly string[] = []): string {
  const { service, host, unit, source, text, changes, migration, warnings, refusals } = plan;
  if (refusals.length > 0) {
    return lines([
      `${service} is not adopted`,
      ...refusals.flatMap(({ message, hint }) => [
        `  not       ${message}`,
        `            → ${hint}`,
      ]),
    ]);
  }
  const changed = changes.filter((one) => one.lines.length > 0);
  return lines([
    `${unit} for ${service}, as ${host} runs it now (${source})`,
    '',
    ...text
      .trimEnd()
      .split('\n')
      .map((line) => (line === '' ? '' : `  ${line}`)),
    '',
    ...(troubles.length === 0
      ? [`  verified  by systemd of ${host}${exposureText(plan)}`]
      : troubles.map((words) => `  against   systemd of ${host}: ${words}`)),
    ...warnings.map((words) => `  note      ${words}`),
    ...changed.flatMap(({ file, lines: diff }) => [
      '',
      `${file}:`,
      ...diff.map((line) => `  ${line}`),
    ]),
    ...(changed.length === 0 ? ['', 'the repo has all of it already'] : []),
    '',
    'what joelclaw infra apply does then, and takes back when the unit is not well:',
    ...migrationLines(migration),
  ]);
}

/** Each step with its command and what takes it back. */
export function migrationLines(migration: AdoptionPlan['migration']): readonly string[] {
  return migration.flatMap(({ title, command, undo }, index) => [
    `  ${index + 1}. ${title}`,
    `     ${command}`,
    `     undo: ${undo}`,
  ]);
}

/** What came of it. */
export function adoptedText({ plan, outcome, steps, receipt }: Adopted): string {
  const failed = steps.find(({ state }) => state === 'failed');
  return lines([
    `${plan.service}: adoption ${outcome}`,
    ...steps.filter(({ state }) => state === 'done').map(({ title }) => `  ✓ ${title}`),
    ...(failed ? [`  ✕ ${failed.title}: ${failed.said}`] : []),
    ...(receipt === null || receipt.note === '' ? [] : [`  ${receipt.note}`]),
    ...(outcome === 'refused'
      ? plan.refusals.flatMap(({ message, hint }) => [`  not ${message}`, `      → ${hint}`])
      : []),
  ]);
}

function exposureText({ exposure }: AdoptionPlan): string {
  return exposure === null ? '' : `, exposed by ${exposure} of 10`;
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
