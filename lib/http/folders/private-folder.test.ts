import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { keepPrivate } from './private-folder'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-private-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const modeOf = (...path: string[]) => (statSync(join(dir, ...path)).mode & 0o777).toString(8)

it('takes a folder that was open to others, and what lies in it, for its owner alone', async () => {
  chmodSync(dir, 0o755)
  mkdirSync(join(dir, 'temp'))
  chmodSync(join(dir, 'temp'), 0o755)
  writeFileSync(join(dir, 'tuples.duckdb'), '')
  chmodSync(join(dir, 'tuples.duckdb'), 0o644)
  const warned: string[] = []
  await keepPrivate(dir, (message) => warned.push(message))
  expect([modeOf(), modeOf('temp'), modeOf('tuples.duckdb'), warned]).toEqual(['700', '700', '600', []])
})

it('makes a folder that is not there yet', async () => {
  await keepPrivate(join(dir, 'a', 'b'), () => {})
  expect([modeOf('a', 'b'), modeOf('a')]).toEqual(['700', '700'])
})
