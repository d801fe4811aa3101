import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Problem } from '@/lib/flow/problem'
import type { Blob } from '@/lib/flow/reading/blob'
import { HOUR } from '@/lib/flow/time/bucket'
import { formatPath } from '@/lib/source/model/path'
import { bytesOf, collect } from '../test/account'
import { FolderSource } from './folder'

const CONTAINER = 'insights-logs-networksecuritygroupflowevent'
const SCOPE = 'resourceId=/SUBSCRIPTIONS/S/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WEB'
const MAC = '000D3A000001'
const NINE = Date.UTC(2026, 10, 23, 9)
const ALL = { first: 0, last: Date.UTC(2100) }
const never = new AbortController().signal
const nameOf = (hour: number) => formatPath({ scope: SCOPE, hour, mac: MAC })

let root: string

function put(name: string, content: string | Buffer = '{"records":[]}'): string {
  const path = join(root, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

async function list(folder = root): Promise<{ blobs: Blob[]; problems: Problem[] }> {
  const problems: Problem[] = []
  const blobs = await new FolderSource(folder).list(ALL, never, (problem) => problems.push(problem))
  return { blobs, problems }
}

async function opened(name: string, growing = false) {
  const source = new FolderSource(root)
  const blob = (await source.list(ALL, never)).find((blob) => blob.name === name)
  if (blob === undefined) throw new Error(`no ${name}`)
  return source.open(blob, { growing, signal: never })
}

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'flowlens-folder-')))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('listing', () => {
  test('finds the tree and loose files, whatever their names', async () => {
    put(`${CONTAINER}/${nameOf(NINE)}`, 'nine')
    put(`${CONTAINER}/${nameOf(NINE + 2 * HOUR)}`)
    put('notes/loose.JSON', 'loose')
    put('readme.txt')
    put('.hidden.json')
    const source = new FolderSource(root)
    expect(await source.extents(never)).toEqual([
      { source: root, container: '', scope: SCOPE, first: NINE, last: NINE + 2 * HOUR, macs: [MAC] },
    ])
    const blobs = await source.list({ first: NINE, last: NINE + HOUR }, never)
    expect(blobs.map(({ name }) => name)).toEqual(['.hidden.json', 'notes/loose.JSON', 'readme.txt', `${CONTAINER}/${nameOf(NINE)}`])
    expect(blobs[3]).toMatchObject({ source: root, container: '', scope: SCOPE, hour: NINE, mac: MAC, length: 4 })
    expect(blobs[1]).toMatchObject({ scope: null, hour: null, mac: null, length: 5 })
    expect(Math.abs(blobs[3]!.modified - Date.now())).toBeLessThan(HOUR)
  })

  test('gives a log the same scope wherever the root is', async () => {
    const name = `${CONTAINER}/${nameOf(NINE)}`
    put(name)
    const parts = name.split('/')
    for (let depth = 0; depth < parts.length; depth++) {
      const { blobs } = await list(join(root, ...parts.slice(0, depth)))
      expect(blobs).toHaveLength(1)
      expect(blobs[0]).toMatchObject({ name: parts.slice(depth).join('/'), scope: SCOPE, hour: NINE, mac: MAC })
    }
  })

  test('takes the path before the year as the scope if it names no resource', async () => {
    put('some/where/y=2026/m=11/d=23/h=09/m=00/PT1H.json')
    expect((await list()).blobs[0]).toMatchObject({ scope: 'some/where', hour: NINE, mac: null })
    expect((await list(join(root, 'some/where'))).blobs[0]).toMatchObject({ scope: '', hour: NINE })
  })

  test('gives each version of a file its own etag', async () => {
    const path = put('a.json', 'one')
    const [before] = (await list()).blobs
    utimesSync(path, new Date(), new Date(Date.now() + 5000))
    const [after] = (await list()).blobs
    expect(after!.id).toBe(before!.id)
    expect(after!.etag).not.toBe(before!.etag)
  })

  test('reports a folder that is missing, a file, or too large', async () => {
    const missing = join(root, 'missing')
    await expect(new FolderSource(missing).extents(never)).rejects.toMatchObject({
      kind: 'absent',
      message: `${missing} does not exist (ENOENT)`,
    })
    await expect(list(put('file.json'))).rejects.toMatchObject({ kind: 'absent' })
    put('b.json')
    put('c/d.json')
    await expect(new FolderSource(root, { limit: 3 }).list(ALL, never)).rejects.toThrow(`${root} holds more than 3 entries`)
    expect(await new FolderSource(root, { limit: 4 }).list(ALL, never)).toHaveLength(3)
  })

  test('walks once while the walk is remembered', async () => {
    const source = new FolderSource(root, { keep: HOUR })
    put('a.json')
    await source.list(ALL, never)
    put('b.json')
    expect(await source.list(ALL, never)).toHaveLength(1)
  })

  test('sees every change in directories that it remembers', async () => {
    const source = new FolderSource(root, { keep: 0 })
    const names = async () => (await source.list(ALL, never)).map(({ name, length }) => `${name} ${length}`)
    const first = put('a/b/c.json', 'one')
    put('a/d.json', 'two')
    for (const folder of ['a/b', 'a', '.']) utimesSync(join(root, folder), 1, 1)
    expect(await names()).toEqual(['a/b/c.json 3', 'a/d.json 3'])
    expect(await names()).toEqual(['a/b/c.json 3', 'a/d.json 3'])
    appendFileSync(first, ' more')
    expect(await names()).toEqual(['a/b/c.json 8', 'a/d.json 3'])
    put('a/b/e.json', '')
    rmSync(join(root, 'a/d.json'))
    expect(await names()).toEqual(['a/b/c.json 8', 'a/b/e.json 0'])
    renameSync(join(root, 'a/b'), join(root, 'f'))
    expect(await names()).toEqual(['f/c.json 8', 'f/e.json 0'])
  })

  test('examines records of files outside the asked hours, and remembers the result', async () => {
    const source = new FolderSource(root, { keep: 0 })
    const record = (hour: number) => `{"records":[{"time":"${new Date(hour).toISOString()}"}]}`
    put(`${CONTAINER}/${nameOf(NINE)}`, record(NINE))
    put(`${CONTAINER}/${nameOf(NINE + 2 * HOUR)}`, record(NINE + 8 * HOUR))
    const hours = async (first: number, last: number) => (await source.list({ first, last }, never)).map(({ hour }) => hour)
    expect(await hours(NINE + 2 * HOUR, NINE + 4 * HOUR)).toEqual([NINE + 2 * HOUR])
    expect(await hours(NINE + 8 * HOUR, NINE + 9 * HOUR)).toEqual([null])
    expect(await hours(NINE + 2 * HOUR, NINE + 4 * HOUR)).toEqual([null])
    expect(await source.extents(never)).toMatchObject([{ first: NINE, last: NINE }])
    put(`${CONTAINER}/${nameOf(NINE + 2 * HOUR)}`, `${record(NINE + 2 * HOUR)} `)
    expect(await source.extents(never)).toMatchObject([{ first: NINE, last: NINE + 2 * HOUR }])
  })

  test('ends with cancelled', async () => {
    await expect(new FolderSource(root).list(ALL, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' })
  })
})

describe('entries that are not evidence', () => {
  test('links out of the folder are reported and not followed, links inside it count once', async () => {
    const outside = realpathSync(mkdtempSync(join(tmpdir(), 'flowlens-outside-')))
    writeFileSync(join(outside, 'secret.json'), '{}')
    put('inside/real.json')
    symlinkSync(join(outside, 'secret.json'), join(root, 'out.json'))
    symlinkSync(outside, join(root, 'out'))
    symlinkSync(join(root, 'inside'), join(root, 'again'))
    symlinkSync(join(root, 'nowhere.json'), join(root, 'dangling.json'))
    symlinkSync('/etc/hostname', join(root, 'note.txt'))
    const { blobs, problems } = await list()
    expect(blobs.map(({ name }) => name)).toEqual(['inside/real.json'])
    expect(problems.map(({ kind, where }) => `${kind} ${where}`).sort()).toEqual([
      `absent ${join(root, 'dangling.json')}`,
      `denied ${join(root, 'note.txt')}`,
      `denied ${join(root, 'out')}`,
      `denied ${join(root, 'out.json')}`,
    ])
    const source = new FolderSource(root)
    for (const name of [
      'out.json',
      'out/secret.json',
      'again/real.json',
      '../secret.json',
      'inside/../inside/real.json',
      '/etc/hostname',
      'a\0b',
    ]) {
      await expect(source.open({ ...blobs[0]!, name }, { growing: false, signal: never }), name).rejects.toMatchObject({ kind: 'denied' })
    }
    rmSync(outside, { recursive: true })
  })

  test('a pipe is reported and opening it does not hang', async () => {
    execFileSync('sh', ['-c', 'mkfifo "$0"', join(root, 'pipe.json')])
    put('real.json')
    const { blobs, problems } = await list()
    expect(blobs.map(({ name }) => name)).toEqual(['real.json'])
    expect(problems.map(({ message }) => message)).toEqual([`${join(root, 'pipe.json')} is no regular file and is not read`])
    const open = new FolderSource(root).open({ ...blobs[0]!, name: 'pipe.json' }, { growing: false, signal: never })
    await expect(open).rejects.toMatchObject({ kind: 'source' })
  })

  test.skipIf(process.platform !== 'linux')('reports why a file whose name is not UTF-8 cannot be read', async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.json')]), '{}')
    const problems: string[] = []
    const listed = await new FolderSource(root).list({ first: 0, last: -1 }, never, ({ message }) => problems.push(message))
    expect([listed, problems]).toEqual([[], [expect.stringContaining('not UTF-8: rename it')]])
  })

  test('reports what may not be read, and reads the rest', async () => {
    put('open/a.json')
    put('closed/b.json')
    chmodSync(put('sealed.json'), 0)
    chmodSync(join(root, 'closed'), 0)
    chmodSync(root, 0o755)
    const asRoot = process.getuid?.() === 0
    if (asRoot) process.seteuid?.(65_534)
    try {
      const { blobs, problems } = await list()
      expect(blobs.map(({ name }) => name)).toEqual(['open/a.json', 'sealed.json'])
      expect(problems).toMatchObject([{ kind: 'denied', where: join(root, 'closed') }])
      await expect(opened('sealed.json')).rejects.toMatchObject({ kind: 'denied' })
      expect((await opened('open/a.json')).length).toBe(14)
    } finally {
      if (asRoot) process.seteuid?.(0)
      chmodSync(join(root, 'closed'), 0o755)
    }
  })
})

describe('reading', () => {
  test('gives any range in chunks of at most 4 MiB that own their memory', async () => {
    const whole = bytesOf(5, 9 * 1024 * 1024 + 3)
    put('big.json', whole)
    const reading = await opened('big.json')
    for (const [from, to] of [
      [0, whole.length],
      [3, 4],
      [4_194_303, 4_194_305],
      [9, 9],
    ] as const) {
      const lengths: number[] = []
      const chunks: Buffer[] = []
      for await (const chunk of reading.read(from, to, never)) {
        expect(chunk.byteLength).toBe(chunk.buffer.byteLength)
        lengths.push(chunk.length)
        chunks.push(Buffer.from(structuredClone(chunk, { transfer: [chunk.buffer] })))
      }
      expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(4 * 1024 * 1024)
      expect(Buffer.concat(chunks).equals(whole.subarray(from, to))).toBe(true)
    }
  })

  test('notices when the file is written to between two chunks, or before the first', async () => {
    const path = put('big.json', bytesOf(6, 5 * 1024 * 1024))
    const reading = await opened('big.json')
    const chunks = reading.read(0, reading.length, never)[Symbol.asyncIterator]()
    await chunks.next()
    appendFileSync(path, 'more')
    await expect(chunks.next()).rejects.toMatchObject({ kind: 'changed', where: path })
    await expect(collect(reading.read(0, 10, never))).rejects.toMatchObject({ kind: 'changed' })
    const again = await opened('big.json')
    writeFileSync(path, 'x')
    await expect(collect(again.read(5, 100, never))).rejects.toMatchObject({ kind: 'changed' })
    rmSync(path)
    await expect(collect(again.read(5, 100, never))).rejects.toMatchObject({ kind: 'absent' })
  })

  test('a file that grew continues where it stopped; one whose beginning changed does not', async () => {
    const path = put('a.json', '{"records":[1')
    const first = await opened('a.json', true)
    const mark = await first.mark(13, never)
    expect(mark).toMatch(/^sha256:[0-9a-f]{64}$/)
    appendFileSync(path, ',2]}')
    const grown = await opened('a.json', true)
    expect(await grown.continues(mark!, 13, never)).toBe(true)
    expect(await grown.mark(12, never)).not.toBe(mark)
    writeFileSync(path, '{"records":[9,2]}')
    expect(await (await opened('a.json', true)).continues(mark!, 13, never)).toBe(false)
    writeFileSync(path, '{')
    expect(await (await opened('a.json', true)).continues(mark!, 13, never)).toBe(false)
    expect(await (await opened('a.json')).mark(1, never)).toBeNull()
  })

  test('a cancelled read ends with cancelled', async () => {
    put('big.json', bytesOf(7, 9 * 1024 * 1024))
    const reading = await opened('big.json')
    const stop = new AbortController()
    const seen = vi.fn()
    const use = async () => {
      for await (const chunk of reading.read(0, reading.length, stop.signal)) {
        seen(chunk.length)
        stop.abort()
      }
    }
    await expect(use()).rejects.toMatchObject({ kind: 'cancelled' })
    expect(seen).toHaveBeenCalledTimes(1)
  })
})
