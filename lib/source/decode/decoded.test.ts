import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Problem } from '@/lib/flow/problem'
import type { Blob } from '@/lib/flow/reading/blob'
import type { Passed } from '@/lib/flow/reading/passed'
import { HOUR } from '@/lib/flow/time/bucket'
import { BOUNDS, type DecodeBounds } from '@/lib/source/decode/bytes/bounds'
import { FolderSource } from '@/lib/source/folder/folder'
import type { Reading, Source } from '@/lib/source/model/source'
import { PermittedSource } from '@/lib/source/rights/permitted'
import { bytesOf, collect } from '../test/account'
import { type Files, tarEntry, tarOf, zipOf } from '../test/pack'
import { DecodedSource } from './decoded'

const never = new AbortController().signal
const ALL = { first: 0, last: 1e15 }
const LOG = '{"records":[{"category":"FlowLogFlowEvent","flowRecords":{"flows":[{"aclID":"ü"}]}}]}'
const SCOPE = 'flowLogResourceID=/AA_NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE_FL1'
const NINE = Date.UTC(2026, 0, 1, 9)
const pathOf = (hour: number) => `${SCOPE}/y=2026/m=01/d=01/h=${String(hour).padStart(2, '0')}/m=00/macAddress=001122AABBCC/PT1H.json`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'decoded-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function put(files: Files): void {
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
}

function sourceOf(files: Files, bounds: Partial<DecodeBounds> = {}): Source {
  put(files)
  return new DecodedSource(new FolderSource(folder, { keep: 0 }), { ...BOUNDS, ...bounds })
}

/** Reads every blob's plain bytes, or the message of its failure, and collects the reports. */
async function read(source: Source, hours = ALL) {
  const problems: string[] = []
  const passed: Passed[] = []
  const blobs = await source.list(hours, never, (problem, about) =>
    about && 'passed' in about ? passed.push(about.passed) : problems.push(problem.message.replace(folder, '')),
  )
  const texts: Record<string, string> = {}
  for (const blob of blobs.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const reading = await source.open(blob, { growing: false, signal: never })
    texts[blob.name] = await textOf(reading)
  }
  return {
    blobs,
    texts,
    problems,
    passed: passed.map(({ count, extension, what, grade }) => `${count} × .${extension}, ${what}: ${grade}`),
  }
}

async function textOf(reading: Reading): Promise<string> {
  const chunks: Uint8Array[] = []
  try {
    for await (const chunk of reading.read(0, Number.POSITIVE_INFINITY, never)) chunks.push(chunk)
    return Buffer.concat(chunks).toString()
  } catch (error) {
    return `${Buffer.concat(chunks)} | ${(error as Error).message.replace(folder, '')}`
  }
}

function be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16()
}

function utf32(text: string): Buffer {
  return Buffer.concat([...text].map((c) => Buffer.from(Uint32Array.of(c.codePointAt(0)!).buffer)))
}

describe('packings', () => {
  test.each<[string, string, Buffer | string]>([
    ['plain', 'PT1H.json', LOG],
    ['upper case', 'PT1H.JSON', LOG],
    ['no extension', 'PT1H', LOG],
    ['.log', 'a.log', LOG],
    ['.jsonl', 'a.jsonl', LOG],
    ['.ndjson', 'a.ndjson', LOG],
    ['.txt', 'a.txt', LOG],
    ['spaces, percent signs and other scripts in names', 'a %20 ü 流.json', LOG],
    ['gzip', 'PT1H.json.gz', gzipSync(LOG)],
    ['gzip under another name', 'PT1H.json', gzipSync(LOG)],
    ['plain bytes named .gz', 'PT1H.json.gz', LOG],
    ['gzip of gzip', 'a.gz', gzipSync(gzipSync(LOG))],
    ['gzip members', 'a.gz', Buffer.concat([gzipSync(LOG.slice(0, 40)), gzipSync(LOG.slice(40))])],
    ['gzip padded with zeros', 'a.gz', Buffer.concat([gzipSync(LOG), Buffer.alloc(700)])],
    ['UTF-16LE', 'a.json', Buffer.from(`\ufeff${LOG}`, 'utf16le')],
    ['UTF-16LE without a mark', 'a.json', Buffer.from(LOG, 'utf16le')],
    ['UTF-16BE', 'a.json', be(`\ufeff${LOG}`)],
    ['UTF-16BE without a mark', 'a.txt', be(LOG)],
    ['UTF-32LE', 'a.json', utf32(`\ufeff${LOG}`)],
    ['UTF-32LE without a mark', 'a.json', utf32(LOG)],
    ['UTF-32BE', 'a.json', utf32(`\ufeff${LOG}`).swap32()],
    ['UTF-32BE without a mark', 'a.log', utf32(LOG).swap32()],
    ['UTF-16 in gzip', 'a.json.gz', gzipSync(Buffer.from(`\ufeff${LOG}`, 'utf16le'))],
  ])('%s', async (_, name, bytes) => {
    expect(await read(sourceOf({ [name]: bytes }))).toMatchObject({ texts: { [name]: LOG }, problems: [], passed: [] })
  })

  test('ranges of packed blobs count plain bytes, and the end is known once it was reached', async () => {
    const text = LOG.repeat(100_000)
    const source = sourceOf({ 'a.json.gz': gzipSync(text), 'wide.json': Buffer.from(text, 'utf16le') })
    const plain = Buffer.from(text)
    for (const blob of await source.list(ALL, never)) {
      const reading = await source.open(blob, { growing: true, signal: never })
      expect(await collect(reading.read(5_000_000, 5_000_100, never))).toEqual(plain.subarray(5_000_000, 5_000_100))
      expect(reading.length).toBe(Number.POSITIVE_INFINITY)
      const chunks: Uint8Array<ArrayBuffer>[] = []
      for await (const chunk of reading.read(0, reading.length, never)) chunks.push(chunk)
      expect(Buffer.concat(chunks).equals(plain)).toBe(true)
      expect(chunks.every(({ buffer, byteLength }) => buffer.byteLength === byteLength && byteLength <= 4 * 1024 * 1024)).toBe(true)
      expect(reading.length).toBe(plain.length)
      expect(await reading.mark(10, never)).toBeNull()
    }
  })

  test('examines an object once for each version, and forgets deleted objects', async () => {
    put({ 'a.json': LOG, 'b.gz': gzipSync(LOG), 'case.zip': zipOf({ 'c.json': LOG }), 'd.txt': 'nothing' })
    const inner = new FolderSource(folder, { keep: 0 })
    const open = vi.spyOn(inner, 'open')
    const source = new DecodedSource(inner)
    const names = async () => (await source.list(ALL, never)).map(({ name }) => name).sort()
    for (const _ of [1, 2, 3]) expect(await names()).toEqual(['a.json', 'b.gz', 'case.zip/c.json'])
    expect(open).toHaveBeenCalledTimes(4)
    put({ 'case.zip': zipOf({ 'c.json': LOG, 'later.json': LOG }) })
    for (const _ of [1, 2]) expect(await names()).toEqual(['a.json', 'b.gz', 'case.zip/c.json', 'case.zip/later.json'])
    expect(open).toHaveBeenCalledTimes(5)
    rmSync(join(folder, 'case.zip'))
    expect(await names()).toEqual(['a.json', 'b.gz'])
    put({ [`${pathOf(9)}`]: LOG })
    expect((await source.extents(never)).map(({ scope }) => scope)).toEqual([SCOPE])
    expect(open).toHaveBeenCalledTimes(5)
  })

  test('the stored object has a hash of its own', async () => {
    const packed = gzipSync(LOG)
    const archive = zipOf({ 'a.json': LOG })
    const source = sourceOf({ 'PT1H.json.gz': packed, 'case.zip': archive, 'plain.json': LOG })
    const stored: Record<string, unknown> = {}
    for (const blob of await source.list(ALL, never)) {
      const reading = await source.open(blob, { growing: false, signal: never })
      stored[blob.name] = (await reading.stored?.(never)) ?? null
    }
    const hashOf = (bytes: Buffer) => ({ sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length })
    expect(stored).toEqual({ 'PT1H.json.gz': hashOf(packed), 'case.zip/a.json': hashOf(archive), 'plain.json': null })
  })
})

describe('damaged objects', () => {
  const packed = gzipSync(LOG.repeat(500) + bytesOf(1, 5000).toString('base64'))

  test.each<[string, Buffer, RegExp]>([
    [
      'a gzip stream that is cut',
      packed.subarray(0, packed.length - 1000),
      /a.json.gz ends in the middle of its gzip stream: only its first \d{5} plain bytes could be read$/,
    ],
    ['a gzip stream without its end', packed.subarray(0, packed.length - 3), /a.json.gz ends in the middle of its gzip stream/],
    ['a wrong check sum', Buffer.concat([packed.subarray(0, -8), Buffer.alloc(8)]), /check sum/],
    ['bytes behind it', Buffer.concat([packed, Buffer.from(LOG)]), /holds bytes behind its gzip stream that are not gzip/],
    ['too many layers', gzipSync(gzipSync(gzipSync(gzipSync(LOG)))), /a.json.gz is packed more than 3 times and is not read/],
  ])('%s gives what can be read, and says so', async (_, bytes, message) => {
    const { texts, problems } = await read(sourceOf({ 'a.json.gz': bytes }))
    expect([...Object.values(texts), ...problems].join('\n')).toMatch(message)
    if (!texts['a.json.gz']!.startsWith(' | ')) expect(texts['a.json.gz']!.startsWith(LOG.repeat(100))).toBe(true)
  })

  test('a bomb is stopped', async () => {
    const { texts } = await read(sourceOf({ 'a.json.gz': gzipSync(LOG + ' '.repeat(5_000_000)) }, { free: 1_000_000, ratio: 100 }))
    expect(texts['a.json.gz']).toMatch(/a.json.gz unpacks to more than 100 times its size, as a bomb would, and is not read further$/)
    expect(texts['a.json.gz']!.length).toBeLessThan(1_200_000)
  })
})

describe('archives', () => {
  const files = {
    [`evidence/${pathOf(9)}`]: LOG,
    [`evidence/${pathOf(10)}`]: `${LOG} `,
    'notes.txt': 'hello',
    'loose/a.jsonl.gz': gzipSync(`${LOG}\n`),
  }

  test.each<[string, Buffer]>([
    ['case.zip', zipOf(files)],
    ['stored.zip', zipOf(files, { method: 0 })],
    ['zip.bin', zipOf({ 'evidence/': '', ...files })],
    ['case.tar', tarOf(files)],
    ['gnu.tar', tarOf(files, 'gnu')],
    ['case.tar.gz', gzipSync(tarOf(files))],
    ['case.tgz', gzipSync(tarOf(files, 'gnu'))],
    ['under/y=2026/nested.zip', zipOf({ 'inner/case.tar': tarOf(files) })],
  ])('%s gives its files as blobs, dated by their paths inside', async (name, bytes) => {
    const source = sourceOf({ [name]: bytes })
    const inside = name.endsWith('nested.zip') ? `${name}/inner/case.tar` : name
    const { blobs, texts, problems } = await read(source)
    expect(problems).toEqual([])
    expect(texts).toEqual({
      [`${inside}/evidence/${pathOf(9)}`]: LOG,
      [`${inside}/evidence/${pathOf(10)}`]: `${LOG} `,
      [`${inside}/loose/a.jsonl.gz`]: `${LOG}\n`,
    })
    expect(blobs.find(({ hour }) => hour === NINE)).toMatchObject({
      scope: SCOPE,
      mac: '001122AABBCC',
      source: folder,
      length: Buffer.byteLength(LOG),
    })
    const nine = await source.list({ first: NINE, last: NINE }, never)
    expect(nine.map(({ name }) => name.slice(inside.length + 1)).sort()).toEqual([`evidence/${pathOf(9)}`, 'loose/a.jsonl.gz'])
    expect(await source.extents(never)).toEqual([
      { source: folder, container: '', scope: SCOPE, first: NINE, last: NINE + HOUR, macs: ['001122AABBCC'] },
    ])
  })

  test('opens a remembered blob of an archive before anything is listed', async () => {
    const state = (await sourceOf({ 'case.zip': zipOf(files) }).list(ALL, never)).find(({ hour }) => hour === NINE)!
    const { archive: _, ...remembered } = state
    expect(await textOf(await sourceOf({}).open(remembered, { growing: true, signal: never }))).toBe(LOG)
  })

  test('a changed archive is a new version of all its blobs', async () => {
    const source = sourceOf({ 'case.tar.gz': gzipSync(tarOf({ 'a.json': LOG })) })
    const [before] = await source.list(ALL, never)
    put({ 'case.tar.gz': gzipSync(tarOf({ 'a.json': `${LOG} `, 'b.json': LOG })) })
    const { blobs, texts } = await read(source)
    expect(texts).toEqual({ 'case.tar.gz/a.json': `${LOG} `, 'case.tar.gz/b.json': LOG })
    expect(blobs[0]).toMatchObject({ id: before!.id })
    expect(blobs[0]!.etag).not.toBe(before!.etag)
  })

  test('two files with the same path are two blobs', async () => {
    const tar = Buffer.concat([tarEntry('./a.json', Buffer.from(LOG)), tarEntry('a.json', Buffer.from(`${LOG} `)), Buffer.alloc(1024)])
    expect((await read(sourceOf({ 'case.tar': tar }))).texts).toEqual({ 'case.tar/a.json': LOG, 'case.tar/a.json#2': `${LOG} ` })
  })

  const long = { 'a.json': LOG, 'b.json': bytesOf(2, 4000).toString('base64') }
  test.each<[string, Buffer, Partial<DecodeBounds>, string[], RegExp]>([
    ['cut.tar', tarOf(long).subarray(0, 2500), {}, ['cut.tar/a.json', 'cut.tar/b.json'], /cut.tar ends in the middle of b.json/],
    [
      'cut.tar.gz',
      gzipSync(tarOf(long)).subarray(0, 2500),
      {},
      ['cut.tar.gz/a.json', 'cut.tar.gz/b.json'],
      /cut.tar.gz ends in the middle of its gzip stream/,
    ],
    [
      'torn.tar',
      Buffer.concat([tarEntry('a.json', Buffer.from(LOG)), Buffer.from('x'.repeat(2048))]),
      {},
      ['torn.tar/a.json'],
      /torn.tar is damaged at byte 1024: 1 files before that are read/,
    ],
    ['cut.zip', zipOf(long).subarray(0, 3000), {}, [], /cut.zip is a zip archive that is cut or damaged and is not read/],
    ['secret.zip', zipOf(long, { flags: 0x801 }), {}, [], /secret.zip : a.json is encrypted and is not read/],
    ['other.zip', zipOf(long, { method: 12 }), {}, [], /other.zip : a.json is packed by method 12 and is not read/],
    ['many.zip', zipOf(long), { entries: 1 }, ['many.zip/a.json'], /many.zip holds more than 1 files: the rest is not read/],
    [
      'bomb.zip',
      zipOf({ 'a.json': LOG, 'b.json': ' '.repeat(3_000_000) }),
      { free: 1_000_000, ratio: 100 },
      ['bomb.zip/a.json'],
      /bomb.zip unpacks to more than 100 times its size/,
    ],
    [
      'deep.zip',
      zipOf({ 'b.zip': zipOf({ 'c.zip': zipOf({ 'd.zip': zipOf({ 'a.json': LOG }) }) }) }),
      {},
      [],
      /deep.zip\/b.zip\/c.zip\/d.zip lies more than 3 archives deep and is not read/,
    ],
  ])('%s: what can be read is read, the rest is named', async (name, bytes, bounds, names, message) => {
    const { texts, problems } = await read(sourceOf({ [name]: bytes, 'good.json': LOG }, bounds))
    expect(Object.keys(texts)).toEqual([...names, 'good.json'].sort())
    expect(texts['good.json']).toBe(LOG)
    expect(problems.join('\n')).toMatch(message)
  })

  test('names a file of a zip archive that does not match the directory', async () => {
    const { texts } = await read(sourceOf({ 'lie.zip': zipOf({ 'a.json': LOG }, { size: 10 }) }))
    expect(texts['lie.zip/a.json']).toBe(
      `${LOG} | lie.zip: a.json is cut or damaged: its first ${Buffer.byteLength(LOG)} bytes of 10 are read`,
    )
  })
})

test('the right to read an archive is the right to read its files', async () => {
  put({ 'secret.zip': zipOf({ [pathOf(9)]: LOG, 'a.json': LOG }), 'open.zip': zipOf({ [pathOf(9)]: LOG }), [pathOf(9)]: LOG })
  const probed: string[] = []
  const probe = async ({ name }: Blob) => {
    probed.push(name)
    if (name === 'secret.zip') throw new Problem('denied', 'no')
  }
  const inner = Object.assign(new FolderSource(folder, { keep: 0 }), { probe })
  const source = new PermittedSource(new DecodedSource(inner), { strict: false, now: () => 0, expires: () => Number.POSITIVE_INFINITY })
  const denied: string[] = []
  const blobs = await source.list(
    ALL,
    never,
    (_, about) => about && 'denied' in about && denied.push(...about.denied.map(({ name }) => name)),
  )
  expect(blobs.map(({ name }) => name).sort()).toEqual([pathOf(9), `open.zip/${pathOf(9)}`].sort())
  expect(denied.sort()).toEqual([`secret.zip/${pathOf(9)}`, 'secret.zip/a.json'].sort())
  expect(probed.sort()).toEqual([pathOf(9), 'open.zip', 'secret.zip'].sort())
})

describe('objects without flow logs', () => {
  test.each<[string, string | Buffer, string]>([
    [
      'query_data.csv',
      'TimeGenerated,FlowStartTime,SrcIp,DestIp,DestPort,L4Protocol,FlowDirection\n',
      '.csv, Traffic Analytics export: missing',
    ],
    [
      'ta.json',
      '{"tables":[{"name":"PrimaryResult","columns":[{"name":"FASchemaVersion_s"},{"name":"SrcIP_s"},{"name":"FlowStatus_s"},{"name":"DestIP_s"}]}]}',
      '.json, Traffic Analytics export: missing',
    ],
    ['export.json', '[{"Type":"NTANetAnalytics","SubType":"FlowLog"}]', '.json, Traffic Analytics export: missing'],
    ['x.avro', 'Obj\x01\x02\x16avro.schema', '.avro, Avro file: missing'],
    [
      'PT1H.json',
      '{"records":[{"category":"ApplicationGatewayAccessLog"}]}',
      '.json, Azure log of category ApplicationGatewayAccessLog: named',
    ],
    ['activity.json', '[{"caller":"a","correlationId":"b","operationName":"c"}]', '.json, Azure activity log: named'],
    ['a.png', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), '.png, PNG image: named'],
    ['a.pdf', '%PDF-1.7\n', '.pdf, PDF document: named'],
    ['a.7z', Buffer.from('7z\xbc\xaf\x27\x1c\0\x04', 'latin1'), '.7z, 7-Zip archive: missing'],
    ['notes.txt', 'case notes', '.txt, text without flow records: calm'],
    ['README', 'about', '., text without flow records: calm'],
    ['empty.log', '', '.log, empty file: calm'],
    ['costs.csv', 'day,eur\n1,2\n', '.csv, table without flow records: named'],
  ])('%s', async (name, bytes, line) => {
    const { texts, passed, problems } = await read(sourceOf({ [name]: bytes, [`copies/${name}`]: bytes }))
    expect({ texts, passed, problems }).toEqual({ texts: {}, passed: [`2 × ${line}`], problems: [] })
  })

  test.each(['empty.json', 'mark.json', 'other.json'])('%s is left to the parser', async (name) => {
    const bytes = { 'empty.json': '', 'mark.json': '\ufeff', 'other.json': '{"event":{"a":1}}' }[name]!
    expect(await read(sourceOf({ [name]: bytes }))).toMatchObject({ texts: { [name]: bytes }, passed: [] })
  })
})
