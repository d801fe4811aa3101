import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const PROOFS = 'scripts/verify/{reading,answering,running}/*.test.ts'
const PLAIN = ['lib/**/*.test.ts', 'components/**/*.test.ts']
/** They replace modules, the clock or the environment of their whole process, or measure what it uses. */
const ALONE = [
  'lib/auth/{credential,entra/proxy}.test.ts',
  'lib/config.test.ts',
  'lib/http/{ask/ask,door/door,door/routes,operations/operations,process/own-files}.test.ts',
  'lib/http/{rights/{context,model,refused},watch/{metrics,rights}}.test.ts',
  'lib/ingest/threads/pool/pool.test.ts',
  'lib/source/decode/decoded.test.ts',
  'lib/store/{clickhouse/lost,duckdb/duckdb}.test.ts',
]

/** Begins with the proofs, which take longest, so that no long file runs alone at the end. */
class ProofsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isProof = ({ project }: TestSpecification) => project.name === 'proofs'
    return [...sorted.filter(isProof), ...sorted.filter((file) => !isProof(file))]
  }
}

export default defineConfig({
  resolve: { alias: { '@': here('.').replace(/\/$/, ''), 'server-only': here('node_modules/server-only/empty.js') } },
  test: {
    // They only end a test that hangs: no test rests on how fast the machine is.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    globalSetup: 'scripts/tests/setup.ts',
    // On two cores Vitest would run one file at a time; many wait for a server.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    sequence: { sequencer: ProofsFirst },
    projects: [
      // Nothing that these hold outlives a test: a process for each file would cost twice the time.
      { extends: true, test: { name: 'plain', include: PLAIN, exclude: [...configDefaults.exclude, ...ALONE], isolate: false } },
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{bench,scripts,app}/**/*.test.ts', ...ALONE],
          exclude: [...configDefaults.exclude, PROOFS],
        },
      },
      {
        extends: true,
        resolve: { alias: { 'next/navigation': here('components/test/navigation.ts') } },
        test: {
          name: 'components',
          include: ['components/**/*.test.tsx'],
          environment: 'happy-dom',
          isolate: false,
          setupFiles: 'components/test/setup.ts',
        },
      },
      { extends: true, test: { name: 'proofs', include: [PROOFS] } },
    ],
  },
})
