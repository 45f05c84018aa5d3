const assignment = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=/gm;

/** The names that a `.env` file sets, each once, in its order. Values are never looked at. */
export function envKeys(text: string): readonly string[] {
  return [...new Set([...text.matchAll(assignment)].map(([, key = '']) => key))];
}
