import { expect, it } from 'vitest'
import type { Blob } from '@/lib/flow/reading/blob'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { createColumns } from '@/lib/flow/tuple/columns'
import { FLUSH_LAG } from '@/lib/flow/view/view'
import { needsOf } from '@/lib/ingest/read/plan'
import { markStrays } from './strays'

const H = Date.UTC(2024, 7, 12, 16)
const BLOB = { id: 1, hour: H } as Blob

/** Times around both ends of the hour, and those of the ranges. */
const EDGES = [-HOUR, -FLUSH_LAG, 0, HOUR - FLUSH_LAG, HOUR].flatMap((at) => [H + at - 1, H + at, H + at + 1, H + at + 3 * MINUTE])
const LAGS = [0, MINUTE, FLUSH_LAG - 1, FLUSH_LAG, FLUSH_LAG + 1, 2 * HOUR]

it('leaves the hour to a row only if every range with its time needs the blob that far', () => {
  const rows = EDGES.flatMap((time) => LAGS.map((lag) => ({ time, flushed: time + lag })))
  const columns = createColumns(rows.length)
  columns.length = rows.length
  rows.forEach(({ time, flushed }, row) => {
    columns.time[row] = time
    columns.recordTime[row] = flushed
    columns.hour[row] = H
  })
  markStrays(columns, 0, H)
  rows.forEach(({ time, flushed }, row) => {
    const ranges = EDGES.flatMap((from) => EDGES.filter((to) => from <= time && time < to).map((to) => ({ from, to })))
    ranges.push({ from: time, to: time + 1 })
    const needed = ranges.every(({ from, to }) => needsOf([BLOB], from, to).some(({ until }) => until === null || flushed < until))
    expect({ time, flushed, hour: columns.hour[row] }).toEqual({ time, flushed, hour: needed ? H : -1 })
  })
})
