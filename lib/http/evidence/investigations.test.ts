import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ErrorAnswer } from '@/lib/flow/answer/error'
import type { ProofAnswer } from '@/lib/flow/answer/evidence/evidence'
import type { ExportedInvestigation, Investigation, InvestigationsAnswer } from '@/lib/flow/answer/evidence/investigation'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { MemorySource } from '@/lib/ingest/test/memory-source'
import { blobOf, MAC, record, SCOPE } from '@/lib/ingest/test/records'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { get, send, serve } from '../test/serve'
import { prove } from './evidence'
import { exportInvestigation } from './export-investigation'
import { change, create, list, read, remove } from './investigations'

const H = Date.UTC(2024, 7, 12, 16)
const TO = new Date(H + HOUR).toISOString()
const FROM = new Date(H).toISOString()

let dir: string
let source: MemorySource
let road: Road

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-investigations-'))
  source = new MemorySource()
  road = new Road(await openDuckdb(dir), [source], { threads: 1, start: startHere, now: () => H + 24 * HOUR })
  serve(road, Number.MAX_SAFE_INTEGER, dir)
})

afterEach(async () => {
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

async function ok<T>(response: Response, status = 200): Promise<T> {
  const body = await response.json()
  expect(response.status, JSON.stringify(body)).toBe(status)
  return body as T
}

async function refusal(response: Response): Promise<[number, string]> {
  return [response.status, ((await response.json()) as ErrorAnswer).error.message]
}

const make = async (body: object = { title: 'Brute force' }) => ok<Investigation>(await send(create, 'POST', { body }), 201)
const kept = async (id: string) => ok<Investigation>(await get(read, {}, { id }))
const put = (id: string, body: object) => send(change, 'PUT', { body, path: { id } })
const link = { label: 'RDP from outside', href: '/explorer?q=dport:3389' }

describe('an investigation', () => {
  it('is created, changed, listed and deleted', async () => {
    const made = await make({ title: '  Brute force ', note: '# First\nlook', links: [link] })
    expect(made).toMatchObject({
      version: 1,
      title: 'Brute force',
      note: '# First\nlook',
      links: [{ ...link, href: '/explorer?q=dport%3A3389' }],
    })
    expect(made.id).toMatch(/^[a-z2-7]{8}$/)
    expect(await kept(made.id)).toEqual(made)
    const second = { ...link, label: 'Second' }
    const changed = await ok<Investigation>(await put(made.id, { version: 1, title: 'Other', note: '', links: [second, made.links[0]!] }))
    expect(changed).toMatchObject({ id: made.id, version: 2, title: 'Other', made: made.made })
    expect(changed.links.map(({ label }) => label)).toEqual(['Second', link.label])
    expect(changed.links[1]).toEqual(made.links[0])
    const other = await make()
    const { investigations, problems } = await ok<InvestigationsAnswer>(await get(list))
    expect(new Set(investigations.map(({ id, links }) => `${id} ${links}`))).toEqual(new Set([`${made.id} 2`, `${other.id} 0`]))
    expect(problems).toEqual([])
    expect(readdirSync(join(dir, 'investigations')).sort()).toEqual([`${made.id}.json`, `${other.id}.json`].sort())
    expect(await refusal(await send(remove, 'DELETE', { path: { id: made.id }, keys: { version: '1' } }))).toEqual([
      409,
      expect.stringContaining('changed in the meantime'),
    ])
    await ok(await send(remove, 'DELETE', { path: { id: made.id }, keys: { version: '2' } }))
    expect(await refusal(await get(read, {}, { id: made.id }))).toEqual([404, expect.stringContaining('does not exist')])
  })

  it('accepts one of many simultaneous changes, and refuses the others', async () => {
    const { id } = await make()
    const all = await Promise.all(Array.from({ length: 12 }, (_, i) => put(id, { version: 1, title: `Writer ${i}`, note: '', links: [] })))
    const statuses = all.map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 409)).toHaveLength(11)
    expect(await kept(id)).toMatchObject({ version: 2, title: `Writer ${statuses.indexOf(200)}` })
  })

  it('loses no link if many are added at once, each repeated until it is accepted', async () => {
    const { id } = await make()
    const add = async (label: string) => {
      for (;;) {
        const { version, title, note, links } = await kept(id)
        const response = await put(id, { version, title, note, links: [...links, { ...link, label }] })
        if (response.status !== 409) return ok(response)
      }
    }
    const labels = Array.from({ length: 8 }, (_, i) => `link ${i}`)
    await Promise.all(labels.map(add))
    expect((await kept(id)).links.map(({ label }) => label).sort()).toEqual(labels)
  })

  it.each([
    ['../../etc/passwd', 400],
    ['..%2f..%2fetc', 400],
    ['ABCDEFGH', 400],
    ['abcdefg', 400],
    ['abcdefg1', 400],
    ['abcdefg\0', 400],
    ['abcdefgh', 404],
  ])('with the id %s is not there', async (id, status) => {
    writeFileSync(join(dir, 'secret.json'), '{}')
    expect((await get(read, {}, { id })).status).toBe(status)
    expect((await put(id, { version: 1, title: 'x', note: '', links: [] })).status).toBe(status)
    expect((await send(remove, 'DELETE', { path: { id }, keys: { version: '1' } })).status).toBe(status)
    expect((await get(exportInvestigation, {}, { id })).status).toBe(status)
  })

  it.each<[object, string]>([
    [{}, 'at title'],
    [{ title: '   ' }, 'expected a title'],
    [{ title: 'x'.repeat(201) }, 'at most 200 characters'],
    [{ title: 'x', note: 'x'.repeat(100_001) }, 'at most 100000 characters'],
    [{ title: 'x', links: Array.from({ length: 501 }, () => link) }, 'at most 500 links'],
    [{ title: 'x', links: [{ ...link, label: '' }] }, 'at links.0.label'],
    [{ title: 'x', links: [link, { ...link, href: 'javascript:alert(1)' }] }, 'Link 2: Link leads to no page of ours'],
    [{ title: 'x', links: [{ ...link, href: 'https://elsewhere.example/' }] }, 'leads to no page of ours'],
    [{ title: 'x', links: [{ ...link, href: '//elsewhere.example/' }] }, 'leads to no page of ours'],
    [{ title: 'x', links: [{ ...link, href: '/explorer?colour=red' }] }, 'colour'],
    [{ title: 'x', id: 'abcdefgh' }, 'id'],
  ])('is refused when it is %j', async (body, says) => {
    expect(await refusal(await send(create, 'POST', { body }))).toEqual([400, expect.stringContaining(says)])
    expect((await ok<InvestigationsAnswer>(await get(list))).investigations).toEqual([])
  })

  it('can be changed only by pages of this site', async () => {
    const { id } = await make()
    const headers = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }
    expect((await send(create, 'POST', { body: { title: 'x' }, headers })).status).toBe(403)
    expect((await send(change, 'PUT', { body: { version: 1, title: 'x', note: '', links: [] }, path: { id }, headers })).status).toBe(403)
    expect((await send(remove, 'DELETE', { path: { id }, keys: { version: '1' }, headers })).status).toBe(403)
    expect((await kept(id)).version).toBe(1)
  })

  it('is reported if damaged, and does not hide others', async () => {
    const { id } = await make()
    writeFileSync(join(dir, 'investigations', 'aaaaaaaa.json'), '{"title":')
    const { investigations, problems } = await ok<InvestigationsAnswer>(await get(list))
    expect(investigations.map((one) => one.id)).toEqual([id])
    expect(problems).toEqual([expect.stringContaining('aaaaaaaa.json')])
  })

  it('cannot be created if the data directory cannot be written', async () => {
    mkdirSync(join(dir, 'other'))
    writeFileSync(join(dir, 'other', 'investigations'), '')
    serve(road, Number.MAX_SAFE_INTEGER, join(dir, 'other'))
    const response = await send(create, 'POST', { body: { title: 'x' } })
    expect(await refusal(response)).toEqual([503, expect.stringMatching(/cannot be (written|read)/)])
  })
})

describe('the export of an investigation', () => {
  async function made(): Promise<Investigation> {
    const records = Array.from({ length: 10 }, (_, i) => record(H + i * MINUTE + 7000, 10, i))
    source.put('a', blobOf(records), { hour: H, mac: MAC, scope: SCOPE })
    const body = { view: new URLSearchParams({ from: FROM, to: TO }).toString() }
    const { proof, view } = await ok<ProofAnswer>(await send(prove, 'POST', { body }))
    const pinned = new URLSearchParams({ from: FROM, to: TO, q: 'src:10.0.0.5', asof: view.asof, proof })
    const links = [
      { label: 'One *host*', href: `/explorer?${pinned}` },
      { label: 'No proof', href: `/?${new URLSearchParams({ from: FROM, to: TO })}` },
    ]
    return make({ title: '# Not <a> heading', note: 'Plain **note**', links })
  }

  it('contains the answers of its links, and the verdict of each', async () => {
    const { id } = await made()
    const response = await get(exportInvestigation, { format: 'json' }, { id })
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="investigation-${id}.json"`)
    const exported = await ok<ExportedInvestigation>(response)
    expect(exported.address).toBe(`http://localhost/i/${id}`)
    // The hour has 90 tuples; minute i has those of 10.0.0.i to 10.0.0.(i + 9).
    expect(exported.links).toMatchObject([
      { figures: { rows: 5, allow: 5, deny: 0 }, verdict: 'same', problem: null },
      { figures: { rows: 90, allow: 90, deny: 0 }, verdict: null, proof: null },
    ])
    expect(exported.links.every(({ href }) => href.startsWith('http://localhost/'))).toBe(true)
    source.held.delete('a')
    const later = await ok<ExportedInvestigation>(await get(exportInvestigation, { format: 'json' }, { id }))
    expect(later.links[0]).toMatchObject({ figures: { rows: 0 }, verdict: 'changed' })
  })

  it('is one Markdown file in which names are escaped', async () => {
    const { id } = await made()
    const text = await (await get(exportInvestigation, {}, { id })).text()
    expect(text).toContain('# \\# Not \\<a\\> heading\n')
    expect(text).toContain('## 1. One \\*host\\*\n')
    expect(text).toContain('> Plain \\*\\*note\\*\\*\n')
    expect(text).toContain('- Rows: 5 (5 allowed, 0 denied)\n')
    expect(text).toContain('- Verdict: same data as when the link was made\n')
    expect(text).toMatch(/- Link: <http:\/\/localhost\/explorer\?from=\S+&proof=[0-9a-f]{32}>\n/)
    expect(text).toContain('## How to confirm')
    expect(await refusal(await get(exportInvestigation, { format: 'pdf' }, { id }))).toEqual([400, expect.stringContaining('md or json')])
  })
})
