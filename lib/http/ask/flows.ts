import 'server-only'
import type { FlowsAnswer } from '@/lib/flow/answer/tuples/flows'
import type { ViewAsking } from '@/lib/http/ask/answering/answer'
import { type FlowsPage, flows } from '@/lib/query/tuples/flows'

/** Rows that are asked of the engine at once: it must put all flows of the view together for any page of them. */
const STRETCH = 5_000

/** Where a page begins: at a row of the stretch that begins at a cursor. */
interface Place {
  from: string
  at: number
}

/** Returns a page of flows, cut out of a longer stretch of rows that is remembered for the pages that follow. */
export async function askFlows(asking: ViewAsking<'flows'>): Promise<Pick<FlowsAnswer, 'total' | 'rows' | 'next'>> {
  const { road, memo, view, options, signal } = asking
  const { cursor, limit, ...rest } = options
  const { filter: _, ...seen } = view
  const { revision } = road.store
  const size = Math.max(STRETCH, limit)
  const keyOf = (what: 'place' | 'stretch', at: string) => JSON.stringify(['flows', what, seen, rest, size, at])
  const stretchFrom = (from: string): Promise<FlowsPage> =>
    memo.get(keyOf('stretch', from), revision, () => flows(road.store, view, { ...options, cursor: from, limit: size }, signal))

  let { from, at } = await memo.get<Place>(keyOf('place', cursor), revision, async () => ({ from: cursor, at: 0 }))
  let stretch = await stretchFrom(from)
  if (stretch.next !== null && at + limit > stretch.rows.length) {
    ;[from, at] = [cursor, 0]
    stretch = await stretchFrom(from)
  }
  const end = at + limit
  const next = end < stretch.rows.length ? stretch.cursors[end - 1]! : stretch.next
  if (next !== null) await memo.get<Place>(keyOf('place', next), revision, async () => ({ from, at: end }))
  return { total: stretch.total, rows: stretch.rows.slice(at, end), next }
}
