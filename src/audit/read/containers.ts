import type { Container } from '../../model/audit-facts.ts';
import { type JsonObject, jsonObjectOf } from '../../model/json.ts';
import { textOf } from '../../model/read-facts.ts';
import type { Answers } from '../collect/answers.ts';
import { byText, isAbsent, listedBy } from './told.ts';

/** docker-ps(1) in JSON, a line each; `[]` where no daemon runs. */
export function containersOf(answers: Answers): readonly Container[] | null {
  if (isAbsent(answers, 'docker')) return [];
  const lines = listedBy(answers, 'docker');
  if (lines === null) return null;
  const policies = policiesOf(answers);
  return lines
    .flatMap((line) => {
      const told = jsonObjectOf(line);
      return told === null ? [] : containerOf(told, policies);
    })
    .toSorted((a, b) => byText(a.name ?? '', b.name ?? '') || byText(a.id, b.id));
}

function containerOf(
  told: JsonObject,
  policies: ReadonlyMap<string, string>,
): readonly Container[] {
  const id = textOf(told['ID']);
  if (id === null || !/^[0-9a-f]{12,64}$/.test(id)) return [];
  const isUp = textOf(told['State']) === 'running' || /^Up\b/.test(textOf(told['Status']) ?? '');
  return [
    {
      ...{ engine: 'docker', id },
      name: textOf(told['Names'])?.split(',')[0] ?? null,
      image: textOf(told['Image']),
      running: isUp,
      restartPolicy: policies.get(id.slice(0, 12)) ?? null,
    },
  ];
}

/** `<id> unless-stopped`, as docker-inspect(1) is asked for it. */
function policiesOf(answers: Answers): ReadonlyMap<string, string> {
  const lines = listedBy(answers, 'docker-policies') ?? [];
  return new Map(
    lines.flatMap((line): readonly (readonly [string, string])[] => {
      const [, id] = /^([0-9a-f]{12,64})\b/.exec(line) ?? [];
      const [, policy] = /\s(no|always|unless-stopped|on-failure)(?=[\s:]|$)/.exec(line) ?? [];
      return id === undefined || policy === undefined ? [] : [[id.slice(0, 12), policy]];
    }),
  );
}
