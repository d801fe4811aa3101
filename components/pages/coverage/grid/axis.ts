import { formatClock, formatDate, formatMoment, type Zone } from '@/components/parts/format/time'

/** The label over a column: `day` if a day begins there, or if the visible columns begin there. */
export interface Tick {
  column: number
  day: string | null
  hour: string
  /** True if a new day of the zone begins here. */
  begins: boolean
}

/** Width of a day's name, in columns. */
const DAY_WIDTH = 3

/**
 * Returns the labels of some columns; `hours` are the starts of all columns, `first` is the first visible one. Zones whose offset is not a whole hour show
 * minutes at every other column.
 */
export function ticksOf(hours: readonly number[], columns: readonly number[], first: number, zone: Zone): Tick[] {
  const ticks = columns.map((column): Tick => {
    const t = hours[column]!
    const before = hours[column - 1]
    const begins = before === undefined || formatDate(before, zone) !== formatDate(t, zone)
    const clock = formatClock(t, zone).slice(0, 5)
    const hour = clock.endsWith(':00') ? clock.slice(0, 2) : column % 2 === 0 ? clock : ''
    return { column, day: begins ? dayOf(t, zone) : null, hour, begins }
  })
  const at = ticks.findIndex(({ column }) => column >= first)
  const edge = ticks[at]
  if (edge && ticks.slice(at, at + DAY_WIDTH).every(({ day }) => day === null)) {
    edge.day = dayOf(hours[edge.column]!, zone)
    // What is left in sight of a day's name before it would lie under this one.
    for (const before of ticks.slice(0, at)) before.day = null
  }
  return ticks
}

function dayOf(t: number, zone: Zone): string {
  return formatMoment(t, zone).replace(/ \d\d:\d\d$/, '')
}
