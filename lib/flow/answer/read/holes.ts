import { z } from 'zod'
import { basis, count, instant } from '@/lib/flow/answer/answer'

/** Hours of a range with missing or growing data, and hours in which no NIC has a blob. */
export const holesAnswer = z.object({
  ...basis,
  /** NICs with a blob in the range, counted once for each of their logs. */
  cards: count,
  /** Sources that could not be listed completely: their NICs and hours are unknown. */
  unlisted: z.array(z.string()),
  /**
   * Hours in which most NICs of a log that wrote before and after wrote nothing (lib/ingest/coverage/silence.ts): `nics` of the `of` that were expected to.
   */
  silences: z.array(z.object({ from: instant, to: instant, nics: count, of: count })),
  spans: z.array(
    z.object({
      /** Start of the hour of the blobs, or null for loose files. */
      hour: instant.nullable(),
      /** Times of the range, half-open, whose tuples these blobs can hold: late flushes reach back before their hour. */
      from: instant,
      to: instant,
      /** NICs by the state of their blobs (lib/flow/reading/hole.ts). `torn` blobs were read except for some records. */
      failed: count,
      unread: count,
      torn: count,
      /** NICs of the range whose blob of that hour the person may not read. */
      denied: count,
      growing: count,
      quiet: count,
      /** Rejected records and tuples of these blobs. */
      rejected: count,
    }),
  ),
})

export type HolesAnswer = z.infer<typeof holesAnswer>
export type HoleSpan = HolesAnswer['spans'][number]
