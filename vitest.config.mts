import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

const TESTS = ['{lib,bench,components,scripts,app}/**/*.test.{ts,tsx}']
/** They promise how soon a server answers, which other tests on the same cores would decide. */
const ALONE = ['scripts/verify/{bombs,stays,upgrade}.test.ts']

export default defineConfig({
  resolve: {
    alias: { '@': root.replace(/\/$/, ''), 'server-only': fileURLToPath(new URL('node_modules/server-only/empty.js', import.meta.url)) },
  },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'beside',
          include: TESTS,
          exclude: [...configDefaults.exclude, ...ALONE],
          // On two cores Vitest would run one file at a time, half of which wait for a server.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
})
