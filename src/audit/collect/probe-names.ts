/**
 * The names of the probes in the order in which a script asks, for whoever shows how far it is. What
 * it asks of each process, user and page is named as it comes, and is not among them.
 */
export function probeNames(script: string): readonly string[] {
  const bodies = new Map(
    [...script.matchAll(/^(\w+)\(\) \{\n([\s\S]*?)^\}$/gm)].map(([, name = '', body = '']) => [
      name,
      body.split('\n'),
    ]),
  );
  const names = new Set<string>();
  const entered = new Set<string>();
  const walk = (name: string): void => {
    if (entered.has(name)) return;
    entered.add(name);
    for (const line of bodies.get(name) ?? []) {
      const [, probe] = /^\s*(?:probe|files?|builtin|framed) ([a-z][a-z-]*) /.exec(line) ?? [];
      if (probe !== undefined) names.add(probe);
      const [called = ''] = /^\s*\w+/.exec(line) ?? [];
      if (bodies.has(called.trim())) walk(called.trim());
    }
  };
  walk('main');
  return [...names];
}
