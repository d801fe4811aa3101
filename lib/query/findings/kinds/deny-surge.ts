import { scaled } from '@/lib/flow/finding/level'
import { floorTo, HOUR } from '@/lib/flow/time/bucket'
import { DENY, DIRECTIONS } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import { BYTES } from '@/lib/query/columns/columns'
import type { AskKind } from '@/lib/query/findings/question/asking'
import { narrowed } from '@/lib/query/findings/question/narrowed'
import { amount, lasting } from '@/lib/query/findings/question/words'
import { COUNTS, counted } from '@/lib/query/where/counted'
import type { Scope } from '@/lib/query/where/scope'
import { where } from '@/lib/query/where/where'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

/** Counts denied tuples by direction and hour. */
async function hoursOf(store: Store, view: View, scope: Scope, signal?: AbortSignal): Promise<Map<number, number>[]> {
  const rows = await store.query<{ way: number; hour: number; tuples: number }>(
    sql`select dir as way, time - time % ${HOUR} as hour, ${COUNTS.tuples} as tuples from ${counted(view, scope, HOUR)} where action = ${DENY} group by way, hour`,
    signal,
  )
  return DIRECTIONS.map((_, dir) => new Map(rows.filter(({ way }) => way === dir).map(({ hour, tuples }) => [hour, tuples])))
}

interface Surge {
  from: number
  to: number
  most: number
}

/** Finds consecutive hours with more than `limit` tuples each. */
function surgesOf(hours: ReadonlyMap<number, number>, limit: number, least: number): Surge[] {
  const surges: Surge[] = []
  for (const [hour, tuples] of [...hours].sort((a, b) => a[0] - b[0])) {
    if (tuples <= limit || tuples < least) continue
    const before = surges.at(-1)
    if (before?.to === hour) Object.assign(before, { to: hour + HOUR, most: Math.max(before.most, tuples) })
    else surges.push({ from: hour, to: hour + HOUR, most: tuples })
  }
  return surges
}

/** Hours before and after a surge in the chart, and most hours in total. */
const BEFORE = 24
const AFTER = 12
const SHOWN = 200

/** Returns the hours around a surge that are within the view. */
function around({ from, to }: Surge, view: View): number[] {
  const hours: number[] = []
  const end = Math.min(view.to, to + AFTER * HOUR)
  for (let hour = Math.max(floorTo(view.from, HOUR), from - BEFORE * HOUR); hour < end && hours.length < SHOWN; hour += HOUR)
    hours.push(hour)
  return hours
}

interface Detail {
  tuples: number
  bytes: number
  oldest: number
  newest: number
}

/** Hours with many more denials than usual. */
export const denySurge: AskKind<'deny-surge'> = async ({ store, view, baseline, scope, thresholds, cover, signal }) => {
  const whole = [...cover.held].filter((hour) => hour >= baseline.from && hour + HOUR <= baseline.to)
  if (whole.length < thresholds.hours) return []
  const [now, before] = await Promise.all([hoursOf(store, view, scope, signal), hoursOf(store, baseline, scope, signal)])
  const surges = DIRECTIONS.flatMap((dir, way) => {
    const counts = whole.map((hour) => before[way]!.get(hour) ?? 0)
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
    const deviation = Math.sqrt(counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length)
    const largest = Math.max(...counts)
    const limit = Math.max(mean + 3 * deviation, (largest * thresholds.largest) / 100)
    return surgesOf(now[way]!, limit, thresholds.denied).map((surge) => ({ dir, way, surge, mean, largest, limit }))
  })
  return Promise.all(
    surges.map(async ({ dir, way, surge, mean, largest, limit }) => {
      const range = narrowed(view, surge)
      const [detail] = await store.query<Detail>(
        sql`select count(*) as tuples, coalesce(sum(${BYTES}), 0) as bytes, min(time) as oldest, max(time) as newest
          from tuples where ${where({ ...view, ...range }, scope)} and action = ${DENY} and dir = ${way}`,
        signal,
      )
      const { tuples, bytes, oldest, newest } = detail!
      return {
        key: [dir, Math.max(view.from, surge.from)],
        src: null,
        dst: null,
        dport: null,
        first: oldest,
        last: newest,
        tuples,
        bytes,
        terms: `action:deny dir:${dir}`,
        range,
        figures: {
          dir,
          most: surge.most,
          mean: Math.round(mean),
          largest,
          limit: Math.round(limit),
          hours: around(surge, view).map((hour) => now[way]!.get(hour) ?? 0),
        },
        sentence: `${amount(tuples)} ${dir === 'in' ? 'inbound' : 'outbound'} tuples were denied within ${lasting(range.to - range.from)}, up to ${amount(
          surge.most,
        )} an hour; an hour of the baseline had ${amount(Math.round(mean))} on average and ${amount(largest)} at most${
          cover.share > 0.995 ? '' : `, as far as logs of ${Math.max(1, Math.round(cover.share * 100))} % of it have been read`
        }`,
        weight: { large: scaled(surge.most, Math.max(1, limit), Math.max(1, limit) * 4), rare: 1, sure: cover.share },
      }
    }),
  )
}
