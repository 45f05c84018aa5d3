import type { Deed } from '../kinds/deed.ts';
import type { Host } from '../model/inventory.ts';
import type { ExecStep, Step } from '../model/plan.ts';
import { shellWord } from '../model/shell-word.ts';
import { onHost } from '../model/ssh-command.ts';

/** As whom programs run on a host. `polkit`: whether there is one there, which may let others than root act. */
export interface Rights {
  readonly uid: number;
  readonly polkit: boolean;
}

/** A deed as it is for this user: one that only root may do is refused before it is tried. */
export function deedAs(rights: Rights | null, deed: Deed, host: Host): Deed {
  const { needsRoot, refusal, steps, warnings } = deed;
  if (needsRoot === 'no' || rights === null || rights.uid === 0) return deed;
  if (refusal !== null || steps.length === 0) return deed;
  const command = asRoot(steps, host);
  if (needsRoot === 'yes' || !rights.polkit) {
    const message = `needs root, and joelclaw acts as uid ${rights.uid} there`;
    return { ...deed, refusal: { code: 'NEEDS_ROOT', message, hint: command, canForce: false } };
  }
  const maybe = `polkit decides whether uid ${rights.uid} may; where it does not: ${command}`;
  return { ...deed, warnings: [...warnings, maybe] };
}

/** Whether a program says that who runs it may not do that. */
export function isDenied(stderr: string): boolean {
  return denied.test(stderr);
}

const denied = /interactive authentication required|access denied|not permitted|permission denied/i;

/** Steps as root would type them, in one line: joelclaw never asks for a password. */
export function asRoot(steps: readonly Step[], host: Host): string {
  const programs = steps.filter((step): step is ExecStep => step.kind === 'exec');
  const words = programs.flatMap(({ argv, okExits, retry }): readonly string[] => {
    // What only looks at what was done is for who cannot see it.
    if (argv[0] === 'sh') return [];
    const line = ['sudo', ...argv.filter((word) => word !== '--no-ask-password')];
    const command = line.map(shellWord).join(' ');
    const isWait = !okExits.includes(0) && retry?.on.includes(0) === true;
    return [isWait ? `while ${command} >/dev/null 2>&1; do sleep 1; done` : command];
  });
  return onHost(words.join(' && '), host, { terminal: true });
}

/** Why it was refused by who was asked, and what to do; null where it was something else. */
export function rootHint(stderr: string, step: ExecStep, host: Host): string | null {
  return isDenied(stderr) ? `it needs root: ${asRoot([step], host)}` : null;
}
