import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ManifestAnswer } from '@/lib/flow/answer/read/manifest'
import { tuples } from '@/lib/http/ask/questions'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import type { NaiveRow } from '@/lib/parse/test/naive-reader'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { ALWAYS, NOW, writeEvidence } from '../test/export-evidence'
import { get, serve } from '../test/serve'
import { exportRows } from './export'
import { manifest } from './manifest'

let dir: string
let evidence: string
let road: Road
let naive: (NaiveRow & { path: string })[]

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-manifest-'))
  evidence = join(dir, 'evidence')
  const { source, rows } = await writeEvidence(evidence)
  naive = rows
  road = new Road(await openDuckdb(join(dir, 'data')), [source], { threads: 2, start: startHere, now: () => NOW })
  serve(road, undefined, join(dir, 'data'))
})

afterAll(async () => {
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

const Q = 'action:deny dir:in'

async function ask(keys: Record<string, string> = {}): Promise<ManifestAnswer> {
  const response = await get(manifest, { ...ALWAYS, q: Q, ...keys })
  if (response.status !== 200) throw new Error(await response.text())
  return (await response.json()) as ManifestAnswer
}

const shell = (command: string, cwd: string) => execFileSync('bash', ['-c', command], { cwd, encoding: 'utf8' }).trim()

describe('a manifest', () => {
  it('has the same counts as the store and a naive reading, blob by blob', async () => {
    const { blobs, total, coverage, view, link, file } = await ask()
    const inView = naive.filter(({ time, action, dir: way }) => time >= Date.parse(ALWAYS.from) && action === 'deny' && way === 'in')
    expect(total.rows).toBe(inView.length)
    for (const { name, rows, rowsInView, length } of blobs) {
      expect(rowsInView, name).toBe(inView.filter(({ path }) => path === name).length)
      expect(rows, name).toBe(naive.filter(({ path }) => path === name).length)
      expect(length, name).toBeLessThanOrEqual(readFileSync(join(evidence, name)).length)
    }
    expect(blobs).toHaveLength(coverage.blobs)
    expect(total.rejected).toBe(coverage.malformed)
    expect(blobs.flatMap(({ rejected }) => rejected.filter(({ what }) => what !== 'warning')).length).toBeGreaterThan(3)
    expect(view).toMatchObject({ from: '2015-01-01T00:00:00.000Z', q: Q })
    expect(new URL(link).searchParams.get('q')).toBe(Q)
    const rows = await (await get(tuples, Object.fromEntries(new URL(link).searchParams))).json()
    expect(rows.total).toBe(total.rows)
    expect(file).toBeUndefined()
  })

  it('has the hash of all counted bytes, like sha256sum', async () => {
    const { blobs } = await ask({ hash: '1' })
    const commands: string[] = []
    const expected: string[] = []
    for (const { name, length, pieces, sha256, now } of blobs) {
      expect([0, ...pieces.map(({ to }) => to)], name).toEqual([...pieces.map(({ from }) => from), length])
      for (const { from, to } of pieces) commands.push(`tail -c +${from + 1} "$PWD/${name}" | head -c ${to - from} | sha256sum`)
      commands.push(`head -c ${length} "$PWD/${name}" | sha256sum`)
      expected.push(...pieces.map((piece) => `${piece.sha256}  -`), `${sha256}  -`)
      expect(now, name).toBe('same')
    }
    writeFileSync(join(dir, 'sums.sh'), commands.join('\n'))
    expect(shell(`. ${join(dir, 'sums.sh')}`, evidence).split('\n')).toEqual(expected)
  })
})

describe('a folder', () => {
  it.each(['csv', 'ndjson', 'parquet'])('of %s can be confirmed with common tools', async (format) => {
    const response = await get(exportRows, { ...ALWAYS, q: Q, format, folder: '1', hash: '1' })
    expect(response.headers.get('content-type')).toBe('application/x-tar')
    const out = join(dir, `out-${format}`)
    mkdirSync(out)
    writeFileSync(join(out, 'export.tar'), Buffer.from(await response.arrayBuffer()))
    shell('tar -xf export.tar', out)
    const folder = join(out, 'flowlens-2015-01-01T000000')
    expect(readdirSync(folder).sort()).toEqual(['README.md', 'SHA256SUMS', 'manifest.json', `rows.${format}`].sort())
    expect(shell('sha256sum -c SHA256SUMS', folder)).toBe(`README.md: OK\nmanifest.json: OK\nrows.${format}: OK`)
    const { file, total, blobs } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as ManifestAnswer
    const alone = Buffer.from(await (await get(exportRows, { ...ALWAYS, q: Q, format })).arrayBuffer())
    expect(readFileSync(join(folder, `rows.${format}`)).equals(alone)).toBe(true)
    expect(file).toMatchObject({ name: `rows.${format}`, rows: total.rows, bytes: alone.length })
    expect(blobs.reduce((sum, { rowsInView }) => sum + rowsInView, 0)).toBe(total.rows)
    if (format !== 'parquet') expect(shell(`wc -l < rows.${format}`, folder)).toBe(String(file!.lines))
    if (format === 'ndjson') expect(file!.lines).toBe(file!.rows)
    expect(existsSync(join(dir, 'data', 'staging')) ? readdirSync(join(dir, 'data', 'staging')) : []).toEqual([])
  })

  it('has a README whose commands work unchanged', async () => {
    const folder = join(dir, 'out-ndjson', 'flowlens-2015-01-01T000000')
    const readme = readFileSync(join(folder, 'README.md'), 'utf8')
    const commands = readme
      .split('\n')
      .filter((line) => line.startsWith('    '))
      .map((line) => line.slice(4).replace('/path/to/blobs', evidence))
    const script = commands.filter((line) => !/OFFSET|duckdb/.test(line)).join('\n')
    const said = shell(`set -e\n${script}`, folder)
    const { blobs, total } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as ManifestAnswer
    const counted = blobs.flatMap(({ pieces }) => pieces).length
    expect(said.match(/: \d+ to \d+ agrees$/gm)).toHaveLength(counted)
    expect(said).not.toContain('DIFFERS')
    expect(said).not.toContain('false')
    expect(JSON.stringify(JSON.parse(/\[\s*\d+,\s*\d+,\s*\d+\s*\]/.exec(said)![0]))).toBe(
      JSON.stringify([total.rows, total.rows, total.rows]),
    )
    const row = JSON.parse(readFileSync(join(folder, 'rows.ndjson'), 'utf8').split('\n')[0]!) as {
      blob: string
      offset: number
      src: string
    }
    const last = commands.at(-1)!.replace('OFFSET', String(row.offset)).replace('BLOB', row.blob)
    expect(shell(`EVIDENCE=${evidence}\n${last}`, folder).split(',')).toContain(row.src)
  })
})

/** Must run last: listings are cached for a while, and a later test would see the old blob. */
it('reports a later change of a blob', async () => {
  const [asked] = (await ask()).blobs.filter(({ name }) => name.endsWith('PT1H.json') && !name.includes('odd'))
  const state = [...road.store.blobs().values()].find(({ name }) => name === asked!.name)!
  const path = join(evidence, state.name)
  const written = readFileSync(path)
  const keys = { hash: '1', wait: '0', from: new Date(state.hour!).toISOString(), to: new Date(state.hour! + 1000).toISOString() }
  const now = async () => (await ask(keys)).blobs.find(({ name }) => name === state.name)?.now
  appendFileSync(path, ' ')
  expect(await now()).toBe('grown')
  writeFileSync(path, written.toString().replace('"time"', '"emit"'))
  expect(await now()).toBe('changed')
  writeFileSync(path, written.subarray(0, 100))
  expect(await now()).toBe('changed')
  writeFileSync(path, written)
  expect(await now()).toBe('same')
})
