import { expect, it } from 'vitest'
import type { Blob, BlobState } from '@/lib/flow/reading/blob'
import { HOUR } from '@/lib/flow/time/bucket'
import { coverageCells } from './cells'
import type { Facts } from './place'

const H = Date.UTC(2024, 7, 12, 10)
const LATER = H + 100 * HOUR
const SCOPE = 'resourceId=/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WEB'

function blob(name: string, hour: number | null, mac: string | null = 'M1'): Blob {
  const scope = hour === null ? null : SCOPE
  return {
    id: name.length,
    source: 's',
    container: '',
    name,
    etag: '"1"',
    length: 50,
    modified: H,
    scope,
    hour,
    mac: hour === null ? null : mac,
  }
}

function cells(blobs: Blob[], facts: (name: string) => Partial<Facts>, now = LATER) {
  const needs = blobs.map((one) => ({ blob: one, until: null }))
  const all = coverageCells(
    needs,
    { from: H, to: H + 3 * HOUR, filter: null, logs: [], asof: null },
    (need) => ({ state: undefined, met: true, failed: false, rejected: 0, lost: false, ...facts(need.blob.name) }),
    now,
  )
  return all.map(({ hour, state, blob: name }) => [(Date.parse(hour) - H) / HOUR, state, name])
}

const state = (first: number, last: number) => ({ first, last, tuples: 1, log: null }) as BlobState

it('distinguishes read, unread, failed and absent', () => {
  const blobs = [blob('a', H), blob('bb', H + HOUR)]
  expect(cells(blobs, () => ({}))).toEqual([
    [0, 'read', 'a'],
    [1, 'read', 'bb'],
    [2, 'absent', null],
  ])
  expect(cells(blobs, (name) => (name === 'a' ? { met: false } : { met: false, failed: true }))).toEqual([
    [0, 'unread', 'a'],
    [1, 'failed', 'bb'],
    [2, 'absent', null],
  ])
})

it('calls an hour open while it may grow, and omits future hours', () => {
  expect(cells([blob('a', H), blob('bb', H + HOUR)], () => ({}), H + 1.5 * HOUR)).toEqual([
    [0, 'read', 'a'],
    [1, 'open', 'bb'],
  ])
})

it('omits the head of the hour after the range', () => {
  expect(cells([blob('a', H), blob('next', H + 3 * HOUR)], () => ({})).map(([, , name]) => name)).not.toContain('next')
})

it('places a loose file by its tuples, and omits one without tuples', () => {
  expect(cells([blob('loose.json', null)], () => ({ state: state(H + HOUR + 5, H + HOUR + 9) }))).toEqual([[1, 'read', 'loose.json']])
  expect(cells([blob('loose.json', null)], () => ({ state: state(H - 9 * HOUR, H - 8 * HOUR) }))).toEqual([])
  expect(cells([blob('loose.json', null)], () => ({ met: true }))).toEqual([])
  expect(cells([blob('loose.json', null)], () => ({ met: false }))).toEqual([[0, 'unread', 'loose.json']])
})

it('limits the grid by the hours of NICs, not by the span of loose files', () => {
  const read = () => ({ state: state(H + 5, H + 9), met: true, failed: false, rejected: 0, lost: false })
  const years = (blobs: Blob[]) =>
    coverageCells(
      blobs.map((one) => ({ blob: one, until: null })),
      { from: H, to: H + 60_000 * HOUR, filter: null, logs: [], asof: null },
      read,
      H + 60_000 * HOUR,
    )
  expect(years([blob('loose.json', null)])).toHaveLength(1)
  expect(() => years([blob('a', H)])).toThrow(/60000 hours × 1 NICs/)
})

it('describes the blob of a cell, and the most severe of loose files that share a cell', () => {
  const { first, last } = { first: H + 5, last: H + 9 }
  const files = [blob('good.json', null), blob('worse.json', null)].map((one) => ({ blob: one, until: null }))
  const facts = (name: string): Facts => ({
    state: { first, last, tuples: 3, log: 'L', resume: 40, through: H + 60 } as BlobState,
    met: name !== 'worse.json',
    failed: name === 'worse.json',
    rejected: name === 'worse.json' ? 2 : 0,
    lost: false,
  })
  const scope = { from: H, to: H + HOUR, filter: null, logs: [], asof: null }
  const [cell, ...more] = coverageCells(files.toReversed(), scope, (need) => facts(need.blob.name), LATER)
  expect(more).toEqual([])
  expect(cell).toMatchObject({ state: 'failed', blob: 'worse.json', tuples: 6, bytes: 100, counted: 80, rejected: 2 })
  expect(cell).toMatchObject({ first: '2024-08-12T10:00:00.005Z', last: '2024-08-12T10:00:00.009Z', flushed: '2024-08-12T10:00:00.060Z' })
})

it('contains only the logs of the view, up to its pinned instant', () => {
  const needs = [blob('a', H), blob('bb', H + HOUR)].map((one) => ({ blob: one, until: null }))
  const ask = (logs: string[], asof: number | null) =>
    coverageCells(
      needs,
      { from: H, to: H + 3 * HOUR, filter: null, logs, asof },
      () => ({ state: undefined, met: true, failed: false, rejected: 0, lost: false }),
      LATER,
    )
  expect(ask(['other'], null)).toEqual([])
  expect(ask([], H + HOUR - 1).map(({ blob: name }) => name)).toEqual(['a'])
})
