import {
  appendFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { FileVersion } from '@/lib/source/model/source'
import { versionOf } from './walk'
import { readWhole } from './whole-file'

let root: string
let path: string

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'flowlens-whole-')))
  mkdirSync(join(root, 'hour'))
  path = join(root, 'hour', 'PT1H.json')
  writeFileSync(path, 'as it was')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function version(of = path): FileVersion {
  const stats = statSync(of, { bigint: true })
  return { path: of, etag: versionOf(stats), length: Number(stats.size) }
}

function read(file: FileVersion): string | null {
  const bytes = new Uint8Array(64)
  return readWhole(file, bytes) ? new TextDecoder().decode(bytes.subarray(0, file.length)) : null
}

it('reads the listed version, also if it is empty', () => {
  expect(read(version())).toBe('as it was')
  writeFileSync(path, '')
  expect(read(version())).toBe('')
})

it('does not read another version', () => {
  const listed = version()
  appendFileSync(path, ' and more')
  expect(read(listed)).toBeNull()
  writeFileSync(path, 'as it is!')
  utimesSync(path, 1, 1)
  expect(read(listed)).toBeNull()
  rmSync(path)
  expect(read(listed)).toBeNull()
})

it('follows no link, wherever in the path', () => {
  symlinkSync(path, join(root, 'link.json'))
  expect(read({ ...version(), path: join(root, 'link.json') })).toBeNull()
  symlinkSync(join(root, 'hour'), join(root, 'other'))
  expect(read({ ...version(), path: join(root, 'other', 'PT1H.json') })).toBeNull()
  renameSync(join(root, 'hour'), join(root, 'moved'))
  symlinkSync(join(root, 'moved'), join(root, 'hour'))
  expect(read(version())).toBeNull()
})

it('reads a file by its second hard link', () => {
  linkSync(path, join(root, 'hour', 'copy.json'))
  expect(read({ ...version(), path: join(root, 'hour', 'copy.json') })).toBe('as it was')
})

it('does not read a directory', () => {
  expect(read({ path: join(root, 'hour'), etag: versionOf(statSync(join(root, 'hour'), { bigint: true })), length: 0 })).toBeNull()
})
