import { type Alias, type Document, isAlias, isNode, visit } from 'yaml';

/** What the parser says of a document whose aliases cannot be unfolded, and where that is. */
export interface AliasTrouble {
  readonly offset: number;
  readonly message: string;
}

/**
 * An alias of nothing, or one within its own anchor. Of aliases that unfold without end each is well by
 * itself: the last stands for them, as whatever is named comes before it.
 */
export function aliasTrouble(document: Document.Parsed, error: Error): AliasTrouble {
  const aliases = aliasesOf(document);
  const isOfAliases = error.name === 'ReferenceError';
  const culprit =
    aliases.find(({ node }) => node.resolve(document) === undefined) ??
    aliases.find(({ isWithin }) => isWithin) ??
    aliases.at(-1);
  const message = isOfAliases ? error.message : 'an alias holds itself';
  return { offset: culprit?.node.range?.[0] ?? 0, message };
}

interface Found {
  readonly node: Alias;
  /** It stands in what it is an alias of. */
  readonly isWithin: boolean;
}

function aliasesOf(document: Document.Parsed): readonly Found[] {
  const found: Found[] = [];
  visit(document, {
    Alias(_key, node, ancestors) {
      const isWithin = ancestors.some(
        (one) => isNode(one) && !isAlias(one) && one.anchor === node.source,
      );
      found.push({ node, isWithin });
    },
  });
  return found;
}
