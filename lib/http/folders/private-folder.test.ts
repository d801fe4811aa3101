import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
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

it('restricts a folder that was open to others, and its content, to its owner', async () => {
  chmodSync(dir, 0o755)
  mkdirSync(join(dir, 'temp'))
  chmodSync(join(dir, 'temp'), 0o755)
  mkdirSync(join(dir, 'sessions', 'a'), { recursive: true })
  chmodSync(join(dir, 'sessions', 'a'), 0o775)
  writeFileSync(join(dir, 'sessions', 'a', 'b.json'), '')
  chmodSync(join(dir, 'sessions', 'a', 'b.json'), 0o666)
  symlinkSync('/nowhere', join(dir, 'link'))
  writeFileSync(join(dir, 'tuples.duckdb'), '')
  chmodSync(join(dir, 'tuples.duckdb'), 0o644)
  const warned: string[] = []
  await keepPrivate(dir, (message) => warned.push(message))
  expect([modeOf('sessions', 'a'), modeOf('sessions', 'a', 'b.json')]).toEqual(['700', '600'])
  expect([modeOf(), modeOf('temp'), modeOf('tuples.duckdb'), warned]).toEqual(['700', '700', '600', []])
})

it('creates a missing folder', async () => {
  await keepPrivate(join(dir, 'a', 'b'), () => {})
  expect([modeOf('a', 'b'), modeOf('a')]).toEqual(['700', '700'])
})
