import type { CountersAnswer } from '@/lib/flow/answer/traffic/counters'
import { DENY, FORMATS, type Format, STATE_BEGIN, STATE_CONTINUE, STATE_END, STATE_NONE, STATE_OTHER } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import { BYTES, NAMES, PACKETS } from '@/lib/query/columns/columns'
import { MEASURES } from '@/lib/query/columns/measures'
import { copies, copied as isCopied } from '@/lib/query/where/copies'
import { repeats } from '@/lib/query/where/once'
import type { Scoped } from '@/lib/query/where/scope'
import { inRange, where } from '@/lib/query/where/where'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { replacedEnds } from './recreated'

type Counters = Omit<CountersAnswer, 'view' | 'coverage'>

const HAS_COUNTERS = sql`(packets_sent is not null or bytes_sent is not null or packets_received is not null or bytes_received is not null)`

/** Begin and denied rows may hold zeros that nobody measured; if they hold more, they count as measured. */
const KIND = sql`case
  when ${HAS_COUNTERS} and ((action <> ${DENY} and state in (${STATE_CONTINUE}, ${STATE_END}, ${STATE_OTHER})) or ${BYTES} + ${PACKETS} > 0) then 'measured'
  when action = ${DENY} then 'denied' when state = ${STATE_NONE} then 'v1' when state = ${STATE_BEGIN} then 'begin' else 'blank' end`

interface Part {
  format: Format
  kind: 'measured' | keyof Counters['unmeasured']
  tuples: number
  flows: number
  bytes: number
  packets: number
}

function total(parts: readonly Part[], figure: 'tuples' | 'flows' | 'bytes' | 'packets'): number {
  return parts.reduce((sum, part) => sum + part[figure], 0)
}

/** There are few groups and many tuples, so names are joined after summing. */
function partsOf(store: Store, view: View, { scope }: Scoped, signal?: AbortSignal): Promise<Part[]> {
  const m = MEASURES
  return store.query<Part>(
    sql`select group_format as format, kind, sum(tuples) as tuples, sum(flows) as flows, sum(bytes) as bytes, sum(packets) as packets from (
        select grp, ${KIND} as kind, ${m.tuples} as tuples, ${m.flows} as flows, ${m.bytes} as bytes, ${m.packets} as packets
        from tuples where ${where(view, scope)} group by grp, kind
      ) as counted join ${NAMES} on group_id = grp group by group_format, kind`,
    signal,
  )
}

/** Counts the tuples that the view counts twice: copies of records, and of the others those that several observers logged. */
async function twiceOf(store: Store, view: View, { scope }: Scoped, signal?: AbortSignal): Promise<Pick<Counters, 'copies' | 'repeated'>> {
  const rows = where({ ...view, once: false }, scope)
  const [copied] = await store.query<Counters['copies']>(
    sql`select cast(coalesce(sum(tuples), 0) as bigint) as "rows", cast(coalesce(sum(flows), 0) as bigint) as flows, coalesce(sum(bytes), 0) as bytes,
      count(distinct blob) as blobs from ${copies(rows)}`,
    signal,
  )
  const single = copied!.rows === 0 ? sql`1 = 1` : sql`not ${isCopied(rows)}`
  const [repeated] = await store.query<Counters['repeated']>(
    sql`select ${MEASURES.tuples} as "rows", ${MEASURES.flows} as flows, ${MEASURES.bytes} as bytes from ${repeats(rows)} where ${single}`,
    signal,
  )
  return { copies: copied!, repeated: repeated! }
}

async function recreatedOf(store: Store, view: View, { scope }: Scoped, signal?: AbortSignal) {
  const [row] = await store.query<{ rows: number; bytes: number; packets: number }>(
    sql`select ${MEASURES.tuples} as "rows", ${MEASURES.bytes} as bytes, ${MEASURES.packets} as packets
      from ${replacedEnds(inRange(view, scope), where(view, scope))}`,
    signal,
  )
  return row!
}

/**
 * Returns the composition of the view's figures: how many tuples have bytes at all, their formats, the amounts that VNet logs count twice
 * (lib/query/counters/recreated.ts), the tuples that several observers logged (lib/query/where/once.ts), and copies of the same bytes
 * (lib/query/where/copies.ts), the last two whether or not the view deduplicates.
 */
export async function counters(store: Store, view: View, { scope }: Scoped, signal?: AbortSignal): Promise<Counters> {
  const [parts, twice, recreated] = await Promise.all([
    partsOf(store, view, { scope }, signal),
    twiceOf(store, view, { scope }, signal),
    recreatedOf(store, view, { scope }, signal),
  ])
  const of = (kind: Part['kind']) => parts.filter((part) => part.kind === kind)
  const [bytes, packets] = [total(parts, 'bytes'), total(parts, 'packets')]
  return {
    ...{ tuples: total(parts, 'tuples'), flows: total(parts, 'flows'), bytes, packets, measured: total(of('measured'), 'tuples') },
    unmeasured: {
      begin: total(of('begin'), 'tuples'),
      denied: total(of('denied'), 'tuples'),
      v1: total(of('v1'), 'tuples'),
      blank: total(of('blank'), 'tuples'),
    },
    byFormat: FORMATS.flatMap((format) => {
      const own = parts.filter((part) => part.format === format)
      if (own.length === 0) return []
      const measured = own.filter(({ kind }) => kind === 'measured')
      return [
        {
          format,
          tuples: total(own, 'tuples'),
          measured: total(measured, 'tuples'),
          bytes: total(own, 'bytes'),
          packets: total(own, 'packets'),
        },
      ]
    }),
    recreated: { ...recreated, bytesCorrected: bytes - recreated.bytes, packetsCorrected: packets - recreated.packets },
    ...twice,
  }
}
