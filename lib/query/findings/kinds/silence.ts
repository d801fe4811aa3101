import { formatAddress } from '@/lib/flow/address/address'
import { scaled, unseen } from '@/lib/flow/finding/level'
import { HOUR } from '@/lib/flow/time/bucket'
import { IN } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import { BYTES } from '@/lib/query/columns/columns'
import type { AskKind } from '@/lib/query/findings/question/asking'
import { narrowed } from '@/lib/query/findings/question/narrowed'
import { lasting, plural } from '@/lib/query/findings/question/words'
import { counted } from '@/lib/query/where/counted'
import { where } from '@/lib/query/where/where'
import { sql } from '@/lib/store/sql'

interface Hour {
  card: string
  hour: number
  newest: number
}

interface Course {
  /** Beginnings of hours with rows, in order. */
  hours: number[]
  newest: number
}

/** Returns the longest time that is certainly without rows, judging by hours. */
function longestPause(hours: readonly number[]): number {
  return hours.slice(1).reduce((longest, hour, i) => Math.max(longest, hour - hours[i]! - HOUR), 0)
}

function coursesOf(rows: readonly Hour[]): Map<string, Course> {
  const courses = new Map<string, Course>()
  for (const { card, hour, newest } of rows) {
    const course = courses.get(card) ?? { hours: [], newest: 0 }
    course.hours.push(hour)
    course.newest = Math.max(course.newest, newest)
    courses.set(card, course)
  }
  return courses
}

interface Detail {
  tuples: number
  bytes: number
  oldest: number
}

/** NICs that logged and then stopped. The finding is about the last hour with rows. */
export const silence: AskKind<'silence'> = async ({ store, view, baseline, scope, thresholds, cover, unread, signal }) => {
  const whole: View = { ...view, from: baseline.from }
  const rows = await store.query<Hour>(
    sql`select mac as card, hour, max(newest) as newest from (
        select grp, time - time % ${HOUR} as hour, max(last) as newest from ${counted(whole, scope, HOUR)} group by grp, hour
      ) as by_group join groups on id = grp where mac <> '' group by mac, hour order by mac, hour`,
    signal,
  )
  const courses = coursesOf(rows)
  const end = Math.max(0, ...[...courses.values()].map(({ newest }) => newest))
  const silent = [...courses].filter(
    ([mac, { hours, newest }]) =>
      end - newest >= thresholds.quiet * HOUR &&
      hours.length >= thresholds.logged &&
      end - newest > longestPause(hours) &&
      !unread.has(mac),
  )
  return Promise.all(
    silent.map(async ([mac, { hours, newest }]) => {
      const range = narrowed(whole, { from: newest - HOUR + 1, to: newest + 1 })
      const own = sql`${where({ ...view, ...range }, scope)} and grp in (select id from groups where mac = ${mac})`
      const [[detail], addresses] = await Promise.all([
        store.query<Detail>(
          sql`select count(*) as tuples, coalesce(sum(${BYTES}), 0) as bytes, min(time) as oldest from tuples where ${own}`,
          signal,
        ),
        store.query<{ address: bigint }>(
          sql`select case when dir = ${IN} then dst else src end as address, count(*) as many from tuples where ${own}
            group by address order by many desc, address limit 1`,
          signal,
        ),
      ])
      const { tuples, bytes, oldest } = detail!
      const address = formatAddress(addresses[0]!.address)
      const quiet = end - newest
      const pause = longestPause(hours)
      return {
        key: [mac],
        src: null,
        dst: null,
        dport: null,
        first: oldest,
        last: newest,
        tuples,
        bytes,
        terms: `mac:"${mac}"`,
        range,
        figures: { address, mac, quietMs: quiet, pauseMs: pause, hours: hours.length },
        sentence: `NIC ${mac} (${address}) has logged nothing for ${lasting(quiet)} while others went on; it had logged in ${plural(hours.length, 'hour')} before${
          pause > 0 ? `, with pauses of up to ${lasting(pause)}` : ' without a pause'
        }`,
        weight: { large: 0.35 * scaled(quiet, HOUR, 24 * HOUR), rare: unseen(cover.share), sure: unseen(cover.share) },
      }
    }),
  )
}
