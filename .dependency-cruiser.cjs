/** Who may import whom: docs/architecture.md has the table in words. Checked by build/rooms.ts. */
const room = (name, may, packages = []) => ({
  name: `${name}-imports`,
  comment: `${name} may import ${['itself', ...may, ...packages].join(', ')}`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: {
    pathNot: [`^src/${name}/`, ...may.map((one) => `^src/${one}`), ...packages.map(packagePath)],
  },
});

const packagePath = (name) => {
  if (name === 'node:*') return '^(node:)?[a-z_/0-9]+$';
  return name.startsWith('node:') ? `^(node:)?${name.slice(5)}$` : `^node_modules/${name}/`;
};

module.exports = {
  forbidden: [
    room('model', []),
    room('inventory', ['model/', 'kinds/'], ['yaml', 'zod']),
    room('kinds', ['model/', 'audit/compare/', 'transports/contract'], ['zod', 'croner', 'diff', 'yaml', '@xmldom/xmldom']),
    room('transports', ['model/'], ['execa', 'p-limit', '(@types/)?ssh2', '@kubernetes/client-node', 'node:*']),
    room('lab', ['model/', 'transports/contract']),
    room('watch', ['model/', 'kinds/contract', 'transports/contract'], ['zustand']),
    room('actions', ['model/', 'kinds/contract', 'kinds/deed', 'kinds/log-source', 'kinds/inngest/', 'kinds/file/', 'kinds/systemd/', 'kinds/launchd/', 'kinds/k8s/', 'transports/contract']),
    room('audit', ['model/', 'transports/contract']),
    room('outputs', ['model/']),
    room('tui', ['model/', 'outputs/', 'watch/store'], ['ink', 'ink-table', 'node:module', 'react', 'zustand', 'string-width', '@types/react']),
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], extensions: ['.ts', '.tsx', '.js'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
