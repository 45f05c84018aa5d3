/** What can be done to managed files from the cockpit; `overwrite` is an apply over what hands have made. */
export const infraVerbs = ['apply', 'overwrite', 'adopt', 'rollback'] as const;

export type InfraVerb = (typeof infraVerbs)[number];

export function isInfraVerb(name: string): name is InfraVerb {
  return (infraVerbs as readonly string[]).includes(name);
}
