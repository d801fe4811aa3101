import { z } from 'zod'
import { basis, count, instant } from './answers'

/** The hours of a range of which something is missing or still to come, or in which no network card has a blob. */
export const holesAnswer = z.object({
  ...basis,
  /** Network cards with a blob in the range, each once for each of its logs. */
  cards: count,
  /** Sources that did not answer, or not wholly: nobody knows which cards and hours they hold. */
  unlisted: z.array(z.string()),
  spans: z.array(
    z.object({
      /** Start of the hour of the blobs, or null for loose files. */
      hour: instant.nullable(),
      /** Times of the range, half-open, whose tuples these blobs can hold: late flushes reach back before their hour. */
      from: instant,
      to: instant,
      /** Network cards by the state of their blobs (lib/flow/hole.ts). One whose blob was read but for some records is `torn`. */
      failed: count,
      unread: count,
      torn: count,
      /** Cards of the range whose blob of that hour the asker may not read. */
      denied: count,
      growing: count,
      quiet: count,
      /** Records and tuples refused in these blobs. */
      rejected: count,
    }),
  ),
})

export type HolesAnswer = z.infer<typeof holesAnswer>
export type HoleSpan = HolesAnswer['spans'][number]
