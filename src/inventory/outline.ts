import * as z from 'zod';

const word = z.string().catch('');
const words = z.array(word).catch([]);

const outlineSchema = z
  .object({
    hosts: z.array(z.object({ name: word }).catch({ name: '' })).catch([]),
    clusters: z
      .array(
        z
          .object({ name: word, host: word, dependsOn: words })
          .catch({ name: '', host: '', dependsOn: [] }),
      )
      .catch([]),
    services: z
      .array(
        z
          .object({
            name: word,
            host: word,
            dependsOn: words,
            manager: z.object({ kind: word, cluster: word }).catch({ kind: '', cluster: '' }),
            checks: z
              .array(
                z
                  .object({ kind: word, name: word, cluster: word, dependsOn: words })
                  .catch({ kind: '', name: '', cluster: '', dependsOn: [] }),
              )
              .catch([]),
          })
          .catch({
            name: '',
            host: '',
            dependsOn: [],
            manager: { kind: '', cluster: '' },
            checks: [],
          }),
      )
      .catch([]),
    inngest: z.array(z.object({ name: word }).catch({ name: '' })).catch([]),
    files: z
      .array(
        z
          .object({ source: word, host: word, cluster: word, service: word, destination: word })
          .catch({ source: '', host: '', cluster: '', service: '', destination: '' }),
      )
      .catch([]),
  })
  .catch({ hosts: [], clusters: [], services: [], inngest: [], files: [] });

/** The names of an inventory and what they refer to; whatever is missing or malformed is ''. */
export type Outline = z.output<typeof outlineSchema>;

/** Reads the outline of anything at all, so that a typo elsewhere does not hide a wrong reference. */
export function outlineOf(value: unknown): Outline {
  return outlineSchema.parse(value);
}

/** `host/name`, '' when either is not known. */
export function serviceIdOf({
  host,
  name,
}: {
  readonly host: string;
  readonly name: string;
}): string {
  return host === '' || name === '' ? '' : `${host}/${name}`;
}

/** The name of a check, which is its kind unless told. */
export function checkNameOf({
  kind,
  name,
}: {
  readonly kind: string;
  readonly name: string;
}): string {
  return name === '' ? kind : name;
}
