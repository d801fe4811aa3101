import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { JsonFolder } from './json-folder'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-json-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

it('holds so many files and no more, and those may change', async () => {
  const folder = new JsonFolder(join(dir, 'proofs'), /^[a-z]$/, z.number(), 2)
  await folder.write('a', 1)
  await folder.write('b', 2)
  await expect(folder.write('c', 3)).rejects.toMatchObject({ kind: 'limit', message: expect.stringContaining('2 files in proofs') })
  await folder.write('a', 4)
  expect([await folder.read('a'), await folder.read('b'), await folder.read('c')]).toEqual([4, 2, null])
  expect(readdirSync(join(dir, 'proofs')).sort()).toEqual(['a.json', 'b.json'])
  await folder.remove('b')
  await folder.write('c', 3)
  expect(await folder.names()).toEqual(['a', 'c'])
})
