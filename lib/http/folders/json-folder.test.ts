import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
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

it('holds a limited number of files, which may still be changed', async () => {
  const folder = new JsonFolder(join(dir, 'proofs'), /^[a-z]$/, z.number(), { files: 2 })
  await folder.write('a', 1)
  await folder.write('b', 2)
  await expect(folder.write('c', 3)).rejects.toMatchObject({ kind: 'limit', message: expect.stringContaining('2 files in proofs') })
  await folder.write('a', 4)
  expect([await folder.read('a'), await folder.read('b'), await folder.read('c')]).toEqual([4, 2, null])
  expect(readdirSync(join(dir, 'proofs')).sort()).toEqual(['a.json', 'b.json'])
  writeFileSync(join(dir, 'proofs', '.b.01234567-89ab-cdef-0123-456789abcdef'), '{')
  await folder.clear()
  expect(readdirSync(join(dir, 'proofs')).sort()).toEqual(['a.json', 'b.json'])
  await folder.remove('b')
  await folder.write('c', 3)
  expect(await folder.names()).toEqual(['a', 'c'])
})

it('holds a limited number of bytes, and what is there already may still become smaller', async () => {
  writeFileSync(join(dir, 'e.json'), JSON.stringify('e'.repeat(900)))
  const folder = new JsonFolder(dir, /^[a-z]$/, z.string(), { bytes: 1000 })
  await folder.write('a', 'a'.repeat(50))
  await expect(folder.write('b', 'b'.repeat(50))).rejects.toMatchObject({ kind: 'limit', message: expect.stringContaining('MiB of files') })
  await expect(folder.write('a', 'a'.repeat(200))).rejects.toMatchObject({ kind: 'limit' })
  expect(await folder.read('a')).toBe('a'.repeat(50))
  await folder.write('e', 'e'.repeat(800))
  await folder.write('b', 'b'.repeat(50))
  await folder.remove('e')
  await folder.write('a', 'a'.repeat(900))
  expect(await folder.names()).toEqual(['a', 'b'])
})

it('reads a file again once it has changed', async () => {
  const folder = new JsonFolder(dir, /^[a-z]$/, z.array(z.number()))
  await folder.write('a', [1])
  const first = await folder.remembered('a')
  expect(await folder.remembered('a')).toBe(first)
  writeFileSync(join(dir, 'a.json'), '[2, 3]')
  expect(await folder.remembered('a')).toEqual([2, 3])
  await folder.remove('a')
  expect(await folder.remembered('a')).toBeNull()
})
