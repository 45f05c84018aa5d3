import { clustersOf, listeningAt, type Site, sshTarget, type Trouble } from './site.ts';

/**
 * A hand on the simulated network, for tests: it outweighs the scenario. A target is `host:port`
 * as the check asks for it (`localhost:3111`, `clanker-001:22`) `exec:panda:/usr/bin/vm_stat` or
 * `kube:joelclaw`.
 */
export interface World {
  readonly targets: readonly string[];
  /** From now on each call to the target rejects with the fault, or hangs until its deadline. */
  fail(target: string, trouble: Trouble): void;
  /** From now on the target answers, also where the scenario would have it in trouble. */
  mend(target: string): void;
}

/** The world as the transports see it. */
export interface TroubledWorld extends World {
  troubleOf(target: string): Trouble | null;
  isMended(target: string): boolean;
}

/** `elapsedMs` tells how long the lab has run. A target that does not exist is the test's bug. */
export function createWorld(site: Site, elapsedMs: () => number): TroubledWorld {
  const programs = [...site.programs.keys()].map((program) => `exec:${program}`);
  const ssh = [...site.platforms.keys()].map(sshTarget);
  const targets = [
    ...listeningAt(site),
    ...ssh,
    ...programs,
    ...clustersOf(site),
    ...(site.silent ?? []),
  ];
  const byHand = new Map<string, Trouble | null>();
  const set = (target: string, trouble: Trouble | null): void => {
    if (!targets.includes(target)) {
      const some = targets.slice(0, 20).join(', ');
      throw new Error(`lab: no such target ${target}; there are ${some}`);
    }
    byHand.set(target, trouble);
  };
  return {
    targets,
    fail: set,
    mend: (target) => set(target, null),
    isMended: (target) => byHand.get(target) === null,
    troubleOf: (target) => {
      const trouble = byHand.get(target);
      return trouble === undefined ? site.troubleOf(target, elapsedMs()) : trouble;
    },
  };
}
