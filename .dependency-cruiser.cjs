const may = {
  'lib/flow': [],
  'lib/link': ['lib/flow'],
  'lib/source': ['lib/flow'],
  'lib/parse': ['lib/flow'],
  'lib/store': ['lib/flow'],
  'lib/ingest': ['lib/source', 'lib/parse', 'lib/store', 'lib/flow'],
  'lib/query': ['lib/store', 'lib/flow'],
  'lib/auth': ['lib/flow', 'lib/config', 'lib/config\\.ts'],
  'lib/http': ['lib/query', 'lib/ingest', 'lib/auth', 'lib/link', 'lib/flow', 'lib/config', 'lib/config\\.ts'],
  'app/api': ['lib/http'],
  components: ['lib/flow', 'lib/link'],
  'app/(?!api/)': ['components', 'lib/link', 'lib/flow'],
}
const ours = '^(lib|components|app)/'
const tests = '\\.test\\.tsx?$|/test/'

module.exports = {
  forbidden: [
    ...Object.entries(may).map(([folder, allowed]) => ({
      name: `layer ${folder}`,
      severity: 'error',
      from: { path: `^${folder}`, pathNot: tests },
      to: { path: ours, pathNot: [`^${folder}`, ...allowed.map((to) => `^${to}(/|$)`), '\\.css$'] },
    })),
    {
      name: 'config stands alone',
      severity: 'error',
      from: { path: '^lib/config(\\.ts$|/)', pathNot: tests },
      to: { path: ours, pathNot: '^lib/config/' },
    },
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
}
