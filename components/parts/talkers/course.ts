import { formatCount, formatPlural } from '@/components/parts/format/number'
import { formatInstant, formatMoment, type Zone } from '@/components/parts/format/time'
import { floorTo } from '@/lib/flow/time/bucket'
import type { Talker } from './measure'

function peak(values: readonly number[], start: number, width: number, zone: Zone): string {
  const most = Math.max(...values)
  return most === 0 ? '' : `, most at ${formatMoment(start + values.indexOf(most) * width, zone)} (${formatCount(most)})`
}

/** Describes a talker's sparkline. `from` is the start of the range, epoch milliseconds, `width` that of a bucket. */
export function describeCourse(talker: Talker, { from, width, zone }: { from: number; width: number; zone: Zone }): string {
  const { allow, deny, spark, first, last } = talker
  const start = floorTo(from, width)
  return [
    `${formatPlural(deny, 'denied tuple')}${peak(spark?.deny ?? [0], start, width, zone)}`,
    `${formatPlural(allow, 'allowed tuple')}${peak(spark?.allow ?? [0], start, width, zone)}`,
    `first in range ${formatInstant(first, zone)}`,
    `last in range ${formatInstant(last, zone)}`,
  ].join('\n')
}
