import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ErrorAnswer } from '@/lib/flow/answer/error'
import type { Alert, AlertsAnswer } from '@/lib/flow/answer/kept/alert'
import type { Mute, MutesAnswer } from '@/lib/flow/answer/kept/mute'
import type { Watch, WatchesAnswer } from '@/lib/flow/answer/kept/watch'
import type { FindingsAnswer } from '@/lib/flow/answer/traffic/findings'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { findings } from '@/lib/http/ask/questions'
import { create as mute, list as mutes, remove as unmute } from '@/lib/http/findings/mutes'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { get, send, serve } from '../test/serve'
import { acknowledge, list as alerts } from './alerts'
import { HOURLY, START, Watched } from './test/watched'
import { Watcher } from './watcher'
import { change, create, list, read, remove } from './watches'

let dir: string
let world: Watched
const never = new AbortController().signal

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-watch-routes-'))
  world = new Watched(await openDuckdb(dir))
  serve(world.server.road, Number.MAX_SAFE_INTEGER, world.dir, world.server.contextFiles)
})
afterEach(async () => {
  vi.useRealTimers()
  await world.close()
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

it('a watch is created, evaluated, changed, and deleted with its alerts, which everybody may acknowledge', async () => {
  // Windows begin with the hour: near it, the rows below would lie in two of them.
  vi.useFakeTimers({ toFake: ['Date'], now: START + 45 * MINUTE })
  const made = await ok<Watch>(await send(create, 'POST', { body: { title: ' Much ', condition: HOURLY } }), 201)
  expect(made).toMatchObject({ title: 'Much', condition: HOURLY, version: 1, mine: null, round: null, alerts: 0, open: 0 })
  world.now = Date.parse(made.made)
  world.log(world.now - 30 * MINUTE, 50)
  world.now += 2 * HOUR
  await new Watcher(world.server, { webhooks: [], secret: null, publicUrl: null, warn: () => {}, now: () => world.now }).round(never)
  const answer = await ok<WatchesAnswer>(await get(list))
  expect(answer).toMatchObject({
    every: null,
    sources: ['memory:one'],
    webhooks: [],
    watches: [{ id: made.id, alerts: 1, open: 1 }],
    problems: [],
  })
  const found = await ok<AlertsAnswer>(await get(alerts, { watch: made.id }))
  expect(found).toMatchObject({
    total: 1,
    open: 1,
    alerts: [{ watch: made.id, title: 'Much', tuples: 50, deliveries: [], acknowledged: null }],
  })
  const { id } = found.alerts[0]!
  const seen = await ok<Alert>(await send(acknowledge, 'PUT', { body: { acknowledged: true, note: 'a load test' }, path: { id } }))
  expect(seen.acknowledged).toMatchObject({ by: null, note: 'a load test' })
  expect((await ok<Watch>(await get(read, {}, { id: made.id }))).open).toBe(0)
  await ok(await send(acknowledge, 'PUT', { body: { acknowledged: false }, path: { id } }))
  const body = { version: 1, title: 'Less', condition: { ...HOURLY, q: 'dir:in' }, paused: true }
  expect(await ok<Watch>(await send(change, 'PUT', { body, path: { id: made.id } }))).toMatchObject({ version: 2, paused: true, open: 1 })
  expect(await refusal(await send(change, 'PUT', { body, path: { id: made.id } }))).toEqual([
    409,
    expect.stringContaining('version 2, not 1'),
  ])
  await ok(await send(remove, 'DELETE', { path: { id: made.id }, keys: { version: '2' } }))
  expect(await refusal(await get(read, {}, { id: made.id }))).toEqual([404, expect.stringContaining('does not exist')])
  expect((await ok<AlertsAnswer>(await get(alerts))).total).toBe(0)
})

const REFUSED: readonly [object, string][] = [
  [{ ...HOURLY, q: 'dport:99999' }, 'Filter: 99999 is out of place'],
  [{ ...HOURLY, window: '1m' }, 'expected 5m to 1d'],
  [{ ...HOURLY, window: 'long' }, 'Key window: long is no duration'],
  [{ ...HOURLY, least: 0 }, 'condition.least'],
  [{ about: 'findings', kinds: [], level: 'high' }, 'expected at least one kind'],
  [{ about: 'findings', kinds: ['beacon'], level: 'high', thresholds: 'beacon.calls:1' }, 'Key thresholds: beacon.calls:1 is out of place'],
  [{ about: 'nothing' }, 'condition.about'],
]

it('a condition that cannot be asked is refused with the reason', async () => {
  for (const [condition, message] of REFUSED)
    expect(await refusal(await send(create, 'POST', { body: { title: 'x', condition } }))).toEqual([400, expect.stringContaining(message)])
})

it('a mute hides a finding, or a kind of findings about an address, until it expires or is deleted, and the answer says so', async () => {
  for (let i = 0; i < 36; i++) world.log(START + (i + 1) * 5 * MINUTE, 1, '52.10.0.')
  const ask = async () =>
    ok<FindingsAnswer>(
      await get(findings, {
        from: new Date(START).toISOString(),
        to: new Date(START + 4 * HOUR).toISOString(),
        kinds: 'beacon',
        wait: '1',
      }),
    )
  const [beacon] = (await ask()).rows
  const address = String(beacon!.figures.address)
  const one = await ok<Mute>(await send(mute, 'POST', { body: { kind: 'beacon', finding: beacon!.id, why: 'our agent' } }), 201)
  expect(await ask()).toMatchObject({ kinds: [{ found: 1 }], rows: [], muted: 1, mutedRows: [{ id: beacon!.id, mute: one.id }] })
  await ok(await send(unmute, 'DELETE', { path: { id: one.id } }))
  expect(await ask()).toMatchObject({ rows: [{ id: beacon!.id }], muted: 0, mutedRows: [] })
  const past = { kind: 'beacon', address, why: 'for a day', until: '2026-05-01T00:00:00Z' }
  await ok<Mute>(await send(mute, 'POST', { body: past }), 201)
  expect((await ask()).muted).toBe(0)
  const kind = await ok<Mute>(await send(mute, 'POST', { body: { ...past, until: '2999-01-01T00:00:00Z' } }), 201)
  expect((await ask()).mutedRows.map((row) => row.mute)).toEqual([kind.id])
  expect((await ok<MutesAnswer>(await get(mutes))).mutes.map(({ why, until }) => [why, until?.slice(0, 4)]).sort()).toEqual([
    ['for a day', '2026'],
    ['for a day', '2999'],
  ])
  expect(await refusal(await send(mute, 'POST', { body: { kind: 'beacon', why: 'neither' } }))).toEqual([
    400,
    expect.stringContaining('either a finding or an address'),
  ])
  expect(await refusal(await send(unmute, 'DELETE', { path: { id: one.id } }))).toEqual([404, expect.stringContaining('it was lifted')])
})
