import { handMade } from '../../model/file-verdict.ts';
import { type InfraVerb, infraVerbs } from '../../model/infra-verb.ts';
import type { DriftItem } from '../../model/report.ts';
import type { Choice } from '../../tui/action-view.ts';

/** What can be done to managed files as they were last seen; each is planned before anything is asked. */
export function menuOfFiles(items: readonly DriftItem[]): readonly Choice[] {
  return infraVerbs.map((name) => ({ name, risk: risks[name], why: whyNot(name, items) }));
}

const risks: Readonly<Record<InfraVerb, string>> = {
  apply: 'disruptive',
  overwrite: 'destructive',
  adopt: 'safe',
  rollback: 'disruptive',
};

/** What an apply leaves as it stands; to an environment it may add what it lacks. */
function isLeft({ verdict, kind }: DriftItem): boolean {
  return handMade.has(verdict) && kind !== 'env';
}

function whyNot(verb: InfraVerb, items: readonly DriftItem[]): string | null {
  if (items.some(({ kind }) => kind === 'audit')) {
    return 'an audit is accepted by `joelclaw audit accept HOST`';
  }
  const edited = items.filter(({ verdict }) => handMade.has(verdict));
  if (verb === 'overwrite' && edited.length === 0) return 'no hands have changed it';
  if (verb === 'apply' && items.length > 0 && items.every(isLeft)) {
    return 'what hands have made is left: overwrite writes it';
  }
  if (verb !== 'adopt') return null;
  if (items.length > 1) return 'one at a time';
  if (items.some(({ kind }) => kind === 'k8s'))
    return 'what stands in a cluster is no file: mend its manifest';
  return edited.length === 0 ? 'it stands as the repo says already' : null;
}
