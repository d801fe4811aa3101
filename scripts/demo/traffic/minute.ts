import { DAY, HOUR } from '@/lib/flow/time/bucket'
import type { Wire } from '../records/wire'
import type { SeededRandom } from './random'

/** Input of a traffic source, once a minute. */
export interface Minute {
  /** Epoch milliseconds. */
  start: number
  /** Minutes since the data set's start. */
  index: number
  /** End of the history and start of the live data; the incident is placed relative to it. Epoch milliseconds. */
  now: number
  /** Share of the usual amount of traffic. */
  scale: number
  wire: Wire
  /** This minute's random numbers for one source of traffic. */
  random(source: string): SeededRandom
}

export type Traffic = (minute: Minute) => void

/** A working day in UTC with a lunch dip, about 1 on average; the smaller bump is the evening. */
export function dayShape(time: number): number {
  const hour = (time % DAY) / HOUR
  const bell = (middle: number, width: number) => Math.exp(-(((hour - middle) / width) ** 2))
  return 0.35 + 1.35 * bell(10.5, 2.6) + 1.3 * bell(15, 2.4) + 0.75 * bell(20, 2)
}
