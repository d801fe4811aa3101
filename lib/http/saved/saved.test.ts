import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ErrorAnswer } from '@/lib/flow/answer/error'
import type { ListsAnswer, SavedList, SavedView, ViewsAnswer } from '@/lib/flow/answer/kept/saved'
import type { TuplesAnswer } from '@/lib/flow/answer/tuples/tuples'
import { HOUR } from '@/lib/flow/time/bucket'
import { tuples } from '@/lib/http/ask/questions'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { MemorySource } from '@/lib/ingest/test/memory-source'
import { blobOf, MAC, record, SCOPE } from '@/lib/ingest/test/records'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { get, send, serve } from '../test/serve'
import * as lists from './lists'
import * as views from './views'

const H = Date.UTC(2024, 7, 12, 16)
const RANGE = { from: new Date(H).toISOString(), to: new Date(H + HOUR).toISOString() }

let dir: string
let source: MemorySource
let road: Road

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-saved-'))
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

const saveView = async (body: object) => ok<SavedView>(await send(views.create, 'POST', { body }), 201)
const saveList = async (body: object) => ok<SavedList>(await send(lists.create, 'POST', { body }), 201)

it('keeps views of our pages by name, one of which a page opens with', async () => {
  const rdp = await saveView({ name: 'RDP', href: '/explorer?q=dport:3389', shared: false, initial: true })
  expect(rdp).toMatchObject({ name: 'RDP', href: '/explorer?q=dport%3A3389', initial: true, by: null, mine: null, version: 1 })
  const ssh = await saveView({ name: 'SSH', href: '/explorer?q=dport:22', shared: true, initial: true })
  const other = await saveView({ name: 'Rules', href: '/rules', shared: false, initial: true })
  const all = async () => (await ok<ViewsAnswer>(await get(views.list))).views
  expect(new Map((await all()).map(({ name, initial }) => [name, initial]))).toEqual(
    new Map([
      ['Rules', true],
      ['SSH', true],
      ['RDP', false],
    ]),
  )
  const { name, href, shared } = ssh
  const body = { version: 1, name, href, shared, initial: false }
  expect(await ok<SavedView>(await send(views.change, 'PUT', { body, path: { id: ssh.id } }))).toMatchObject({ version: 2, initial: false })
  expect((await refusal(await send(views.change, 'PUT', { body, path: { id: ssh.id } })))[0]).toBe(409)
  await ok(await send(views.remove, 'DELETE', { path: { id: other.id }, keys: { version: '1' } }))
  expect((await all()).map(({ name }) => name).sort()).toEqual(['RDP', 'SSH'])
  const foreign = await send(views.create, 'POST', { body: { name: 'x', href: 'https://example.com/', shared: false, initial: false } })
  expect(await refusal(foreign)).toEqual([400, expect.stringContaining('leads to no page of ours')])
})

it('puts the values of saved lists into filters, and refuses a list that there is not', async () => {
  source.put('one', blobOf([record(H + 60_000, 50)]), { hour: H, mac: MAC, scope: SCOPE })
  const saved = await saveList({ name: 'Office', values: ['10.0.0.1', '10.0.0.2'] })
  const total = async (q: string) => (await ok<TuplesAnswer>(await get(tuples, { ...RANGE, q }))).total
  const all = await total('')
  expect(all).toBeGreaterThan(2)
  const own = await total('src:10.0.0.1,10.0.0.2')
  expect(own).toBeGreaterThan(0)
  expect(await total('src:$office')).toBe(own)
  expect(await total('not src:$OFFICE,10.0.0.3')).toBe(await total('not src:10.0.0.1,10.0.0.2,10.0.0.3'))
  const body = { version: 1, name: 'Office', values: ['10.0.0.1'] }
  await ok(await send(lists.change, 'PUT', { body, path: { id: saved.id } }))
  expect(await total('src:$office')).toBe(await total('src:10.0.0.1'))
  const wrong = async (q: string) => {
    const response = await get(tuples, { ...RANGE, q })
    const { error } = (await response.json()) as ErrorAnswer
    return [response.status, error.key, error.at, error.message]
  }
  expect(await wrong('dport:443 src:$nobody')).toEqual([400, 'q', 10, expect.stringContaining('no saved list $nobody')])
  expect(await wrong('dport:$office')).toEqual([400, 'q', 0, expect.stringContaining('$office holds what dport cannot be')])
  expect(await wrong('$office')).toEqual([400, 'q', 0, expect.stringContaining('needs its field')])
  const twin = await send(lists.create, 'POST', { body: { name: 'OFFICE', values: ['1'] } })
  expect(await refusal(twin)).toEqual([400, expect.stringContaining('already a list $OFFICE')])
  const nested = await send(lists.create, 'POST', { body: { name: 'b', values: ['$office'] } })
  expect((await refusal(nested))[0]).toBe(400)
  await ok(await send(lists.remove, 'DELETE', { path: { id: saved.id }, keys: { version: '2' } }))
  expect((await ok<ListsAnswer>(await get(lists.list))).lists).toEqual([])
})
