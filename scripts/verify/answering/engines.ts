import { runTestFile } from '../command/test-file'
import type { Proof } from '../proof'

const NAME = 'engines'

export const engines: Proof = {
  name: NAME,
  promise: 'Both engines agree',
  test: 'Random questions of every kind about random flows: DuckDB and ClickHouse give the same rows, figures and order.',
  unit: 'questions',
  seed: 1,
  ordinary: 100,
  full: 100_000,
  run: (run) => runTestFile(NAME, 'lib/query/engines.test.ts', 5_000, run),
}
