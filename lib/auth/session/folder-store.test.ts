import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FolderStore } from './folder-store'
import { MemoryStore } from './memory-store'

const name = (digit: string) => `session-${digit.repeat(64)}`
const NOW = Date.UTC(2026, 0, 1)
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flowlens-store-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe.each([
  ['memory', () => new MemoryStore()],
  ['a folder', () => new FolderStore(join(folder, 'deep', 'sessions'), 3_600_000)],
])('%s', (_, open) => {
  it('keeps a value, and the time of its last touch, until it is removed', async () => {
    const store = open()
    expect(await store.read(name('a'))).toBeNull()
    await store.write(name('a'), 'one', NOW)
    await store.write(name('b'), 'two', NOW)
    await store.write(name('a'), 'three', NOW + 1000)
    expect(await store.read(name('a'))).toEqual({ value: 'three', touched: NOW + 1000 })
    await store.touch(name('b'), NOW + 5000)
    expect(await store.read(name('b'))).toEqual({ value: 'two', touched: NOW + 5000 })
    await store.remove(name('a'))
    await store.remove(name('a'))
    expect(await store.read(name('a'))).toBeNull()
  })

  it('does not restore a removed value by touching it', async () => {
    const store = open()
    await store.write(name('a'), 'one', NOW)
    await store.remove(name('a'))
    await store.touch(name('a'), NOW)
    expect(await store.read(name('a'))).toBeNull()
  })
})

it('memory forgets the least recently used', async () => {
  const store = new MemoryStore(2)
  await store.write('a', '1', NOW)
  await store.write('b', '2', NOW)
  await store.read('a')
  await store.write('c', '3', NOW)
  expect(await Promise.all(['a', 'b', 'c'].map(async (one) => (await store.read(one))?.value))).toEqual(['1', undefined, '3'])
})

describe('a folder', () => {
  it('is accessible only to its owner, including its files', async () => {
    await mkdir(join(folder, 'open'), { mode: 0o755 })
    const store = new FolderStore(join(folder, 'open'), 3_600_000)
    await store.write(name('a'), 'one', NOW)
    expect((await stat(join(folder, 'open'))).mode & 0o777).toBe(0o700)
    expect((await stat(join(folder, 'open', name('a')))).mode & 0o777).toBe(0o600)
  })

  it('never shows or leaves a partly written value', async () => {
    const store = new FolderStore(folder, 3_600_000)
    const values = Array.from({ length: 20 }, (_, i) => String(i).repeat(50_000))
    await store.write(name('a'), values[0]!, NOW)
    const writing = Promise.all(values.map((value) => store.write(name('a'), value, NOW)))
    for (let turn = 0; turn < 20; turn++) expect(values).toContain((await store.read(name('a')))?.value)
    await writing
    expect(await readdir(folder)).toEqual([name('a')])
  })

  it('removes only its own expired values', async () => {
    for (const file of [name('a'), name('b'), '.x.half', 'notes.txt']) {
      await writeFile(join(folder, file), 'x')
      await utimes(join(folder, file), new Date(NOW), new Date(file === name('b') ? NOW + 3_000_000 : NOW - 1))
    }
    await new FolderStore(folder, 3_600_000).write(name('c'), 'x', NOW + 3_600_000)
    expect((await readdir(folder)).sort()).toEqual(['notes.txt', name('b'), name('c')])
  })

  it.each(['../escape', 'session-a', '/etc/passwd', `session-${'A'.repeat(64)}`])('refuses the name %s', async (wrong) => {
    await expect(new FolderStore(folder, 1).read(wrong)).rejects.toMatchObject({ kind: 'store' })
  })

  it('is refused if it is a file', async () => {
    await writeFile(join(folder, 'file'), '')
    const store = new FolderStore(join(folder, 'file'), 1)
    await expect(store.write(name('a'), 'x', NOW)).rejects.toMatchObject({
      kind: 'store',
      message: expect.stringContaining('FLOWLENS_TOKEN_STORE'),
    })
  })
})
