import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { parseAddress } from '@/lib/flow/address/address'
import { ContextFiles } from './files'
import { readHere } from './test/here'
import { readFiles } from './thread/read-files'
import type { ReaderThread } from './thread/thread'

const folder = mkdtempSync(join(tmpdir(), 'flowlens-context-'))
/** Warnings of the running test; late ones of an earlier test go to that test's own array. */
let warnings: string[] = []
const open: ContextFiles[] = []
const at = (name: string) => join(folder, name)
const files = (...places: string[]) => {
  const told = warnings
  const made = new ContextFiles(places, readHere, (message) => told.push(message), null, 20)
  open.push(made)
  return made
}

afterEach(() => {
  for (const one of open.splice(0)) one.close()
  warnings = []
  rmSync(folder, { recursive: true, force: true })
})

it('notices a changed, new or deleted file without a restart', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'flowlens-context-'))
  const context = files(dir)
  expect((await context.known()).digest).toBe('')
  const lists = async () => (await context.known()).told('list', parseAddress('203.0.113.5')!, 0).map(({ text }) => text)
  writeFileSync(join(dir, 'bad.txt'), '203.0.113.5\n')
  await vi.waitFor(async () => expect(await lists()).toEqual(['bad']), { timeout: 60_000 })
  const { digest } = await context.known()
  writeFileSync(join(dir, 'bad.txt'), '203.0.113.5\n203.0.113.6\n')
  await vi.waitFor(async () => expect((await context.known()).digest).not.toBe(digest), { timeout: 60_000 })
  writeFileSync(join(dir, 'worse.txt'), '203.0.113.0/24\n')
  await vi.waitFor(async () => expect(await lists()).toEqual(['bad', 'worse']), { timeout: 60_000 })
  rmSync(join(dir, 'bad.txt'))
  await vi.waitFor(async () => expect(await lists()).toEqual(['worse']), { timeout: 60_000 })
  writeFileSync(join(dir, 'worse.txt'), '{')
  await vi.waitFor(async () => expect(await lists()).toEqual([]), { timeout: 60_000 })
  expect((await context.all()).map(({ failure }) => failure?.reason)).toEqual(['it is no JSON'])
  rmSync(dir, { recursive: true })
})

it('reports a place that cannot be read, and reads the others', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'flowlens-context-'))
  writeFileSync(join(dir, 'bad.txt'), '203.0.113.5\n')
  const context = files(at('missing'), dir)
  const all = await context.all()
  expect(all.map(({ path, failure }) => [path, failure?.reason ?? null])).toEqual(
    [
      [at('missing'), 'it cannot be opened (ENOENT)'],
      [join(dir, 'bad.txt'), null],
    ].sort(([a], [b]) => (a! < b! ? -1 : 1)),
  )
  expect(warnings).toEqual([`Context file ${at('missing')} was not read: it cannot be opened (ENOENT)`])
  rmSync(dir, { recursive: true })
})

it('reads a file that the server writes, and shows why writing it failed', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'flowlens-context-'))
  const written = { path: join(dir, 'azure.json'), failure: null as string | null, close: vi.fn() }
  const context = new ContextFiles([], readHere, () => {}, written, 20)
  expect(await context.all()).toEqual([])
  const nic = { macAddress: '00-22-48-00-00-01', id: '/n', ipConfigurations: [{ privateIPAddress: '10.0.0.4' }] }
  writeFileSync(written.path, JSON.stringify({ data: [{ ...nic, type: 'microsoft.network/networkinterfaces' }] }))
  await vi.waitFor(async () => expect((await context.known()).nics).toBe(1), { timeout: 60_000 })
  written.failure = 'refused'
  const shown = async () => (await context.all()).map(({ path, failure }) => [path, failure?.reason ?? null])
  await vi.waitFor(
    async () =>
      expect(await shown()).toEqual([
        [join(dir, 'azure (last query)'), 'refused'],
        [written.path, null],
      ]),
    { timeout: 60_000 },
  )
  expect((await context.known()).nics).toBe(1)
  written.failure = null
  await vi.waitFor(async () => expect(await shown()).toEqual([[written.path, null]]), { timeout: 60_000 })
  context.close()
  expect(written.close).toHaveBeenCalled()
  rmSync(dir, { recursive: true })
})

it('gives up only the file that ends its reader', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'flowlens-context-'))
  const paths = ['a.txt', 'b.txt', 'c.txt'].map((name) => join(dir, name))
  for (const path of paths) writeFileSync(path, '203.0.113.5\n')
  const fragile = (): ReaderThread => {
    const thread = readHere()
    const failures: ((error: Error) => void)[] = []
    return {
      ...thread,
      on(event: string, listener: (value: never) => void) {
        if (event === 'error') failures.push(listener as (error: Error) => void)
        else if (event === 'message')
          thread.on('message', (message) => {
            if (message.path !== paths[1]) (listener as (value: unknown) => void)(message)
            else if (message.kind === 'begun') {
              ;(listener as (value: unknown) => void)(message)
              for (const fail of failures) fail(new Error('Worker terminated due to reaching memory limit'))
            }
          })
      },
    }
  }
  const found = await readFiles(paths, fragile)
  expect(paths.map((path) => found.get(path)!.failure?.reason ?? null)).toEqual([null, 'it needs too much memory', null])
  rmSync(dir, { recursive: true })
})
