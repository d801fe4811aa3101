/** The floors of the house: a folder may import itself and what it lists. */
const may = {
  'lib/flow': [],
  'lib/net': ['lib/flow'],
  'lib/link': ['lib/flow'],
  'lib/source': ['lib/net', 'lib/flow'],
  'lib/webhook': ['lib/net', 'lib/flow'],
  'lib/graph': ['lib/source', 'lib/net', 'lib/flow'],
  'lib/parse': ['lib/flow'],
  'lib/store': ['lib/flow'],
  'lib/context': ['lib/flow'],
  'lib/ingest': ['lib/source', 'lib/parse', 'lib/store', 'lib/net', 'lib/flow'],
  'lib/query': ['lib/store', 'lib/context', 'lib/flow'],
  'lib/auth': ['lib/net', 'lib/flow', 'lib/config', 'lib/config\\.ts'],
  'lib/http': [
    'lib/query',
    'lib/ingest',
    'lib/context',
    'lib/graph',
    'lib/webhook',
    'lib/auth',
    'lib/link',
    'lib/flow',
    'lib/config',
    'lib/config\\.ts',
  ],
  'app/api': ['lib/http'],
  components: ['lib/flow', 'lib/link'],
  'app/(?!api/)': ['components', 'lib/link', 'lib/flow'],
}

/** The rooms of each floor, from the ground up: a room may import itself and the rooms before it; `.` is the folder itself. */
const rooms = {
  'lib/flow': ['.', 'address', 'text', 'time', 'tuple', 'field', 'view', 'access', 'reading', 'finding', 'answer'],
  'lib/flow/answer': ['.', 'tuples', 'traffic', 'read', 'evidence', 'kept'],
  'lib/link': ['language', 'editing', 'keys', 'views', '.'],
  'lib/link/views': ['.', 'tuples', 'traffic', 'read', 'evidence'],
  'lib/source': ['model', 'wait', 'request', 'azure', 'folder', 'decode', 'rights', '.'],
  'lib/source/decode': ['bytes', 'archive', '.'],
  'lib/parse': ['json', 'tuple', 'record', '.'],
  'lib/store': ['.', 'spool', 'duckdb', 'clickhouse'],
  'lib/store/duckdb': ['engine', 'tables', '.'],
  'lib/context': ['table', 'inventory', 'read', 'thread', '.'],
  'lib/ingest': ['threads', 'read', 'coverage', 'reread', 'road'],
  'lib/ingest/threads': ['.', 'worker', 'pool'],
  'lib/query': [
    'filter',
    'columns',
    'condition',
    'where',
    'tuples',
    'proof',
    'rule',
    'host',
    'counters',
    'timeline',
    'rules',
    'talkers',
    'paths',
    'findings',
    '.',
  ],
  'lib/query/findings': ['question', 'kinds', '.'],
  'lib/auth': ['session', 'entra', '.'],
  'lib/http': [
    'report',
    'folders',
    'server',
    'process',
    'door',
    'operations',
    'rights',
    'saved',
    'findings',
    'ask',
    'export',
    'evidence',
    'watch',
    'session',
  ],
  'lib/http/server': ['files', 'limits', '.'],
  'lib/http/ask': ['answering', '.'],
  'components/ui': ['size', '.', 'marks', 'states'],
  components: ['jsx', 'ui', 'parts', 'pages', 'shell'],
}

const ours = '^(lib|components|app)/'
const tests = '\\.test\\.tsx?$|/test/'
const room = (folder, name) => (name === '.' ? `^${folder}/[^/]+$` : `^${folder}/${name}/`)

module.exports = {
  forbidden: [
    ...Object.entries(may).map(([folder, allowed]) => ({
      name: `layer ${folder}`,
      severity: 'error',
      from: { path: `^${folder}`, pathNot: tests },
      to: { path: ours, pathNot: [`^${folder}`, ...allowed.map((to) => `^${to}(/|$)`), '\\.css$'] },
    })),
    ...Object.entries(rooms).flatMap(([folder, names]) => [
      {
        name: `${folder} has no other room`,
        severity: 'error',
        from: { path: ours },
        to: { path: `^${folder}/`, pathNot: [tests, ...names.map((name) => room(folder, name))] },
      },
      ...names.slice(0, -1).map((name, floor) => ({
        name: `room ${folder}/${name}`,
        severity: 'error',
        from: { path: room(folder, name), pathNot: tests },
        to: { path: names.slice(floor + 1).map((above) => room(folder, above)) },
      })),
    ]),
    {
      name: 'pages never import pages',
      severity: 'error',
      from: { path: '^components/pages/([^/]+)/', pathNot: tests },
      to: { path: '^components/pages/', pathNot: '^components/pages/$1/' },
    },
    {
      // Schemas bring zod, which the policy of the pages does not let compile.
      name: 'pages take types of answers, and no schemas',
      severity: 'error',
      from: { path: ['^components/', '^app/(?!api/)'], pathNot: tests },
      to: {
        path: '^lib/flow/answer/',
        pathNot: '^lib/flow/answer/(all-read|shelf|kept/watch-metrics)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      // A part that cannot be loaded would take the page with it.
      name: 'parts are loaded late by components/ui/late alone',
      severity: 'error',
      from: { path: ours, pathNot: '^components/ui/late\\.tsx$' },
      to: { path: 'node_modules/next/dynamic' },
    },
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
