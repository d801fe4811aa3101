import { z } from 'zod'
import { count, instant } from '@/lib/flow/answer/answer'
import { findingSchema } from '@/lib/flow/answer/traffic/findings'
import { LEVELS } from '@/lib/flow/finding/kinds'
import { WATCH_ID } from './watch'

export const ALERT_ID = /^[0-9a-z]{1,11}$/

/** One thing that a watch has found. */
export const sightingSchema = z.object({
  /** The same if the same condition finds the same thing again. */
  id: z.string().regex(ALERT_ID),
  sentence: z.string(),
  /** Null if a filter found it. */
  level: z.enum(LEVELS).nullable(),
  first: instant,
  last: instant,
  tuples: count,
  bytes: count,
  /** Together, these select exactly its tuples, as they were read at that time. */
  ...findingSchema.pick({ q: true, from: true, to: true }).shape,
  logs: z.array(z.string()),
})

/** An alert as stored. */
export const keptAlert = sightingSchema.extend({
  watch: z.string().regex(WATCH_ID),
  /** Title of the watch at that time. */
  title: z.string(),
  found: instant,
  /** Digests of the addresses that receive the alert. */
  webhooks: z.array(z.string()),
  /** Null if open. `by` is the name of the person who acknowledged it; null without sign-in. */
  acknowledged: z.object({ at: instant, by: z.string().nullable(), note: z.string() }).nullable(),
})

/** State of the delivery to one address. */
const deliverySchema = z.object({
  webhook: z.string(),
  state: z.enum(['waiting', 'sent', 'failed']),
  tries: count,
  /** Time at which it was sent or last tried; null before the first try. */
  at: instant.nullable(),
  /** Reason of the last failure. */
  problem: z.string().nullable(),
})

export const keptDeliveries = z.array(deliverySchema.extend({ next: instant }))

export const alertSchema = keptAlert.omit({ webhooks: true }).extend({
  /** `webhook` is the name that people know: `slack at hooks.slack.com`. */
  deliveries: z.array(deliverySchema),
})

/** Newest first. */
export const alertsAnswer = z.object({
  /** Number of alerts, and number of open ones; `alerts` has the newest. */
  total: count,
  open: count,
  alerts: z.array(alertSchema),
  problems: z.array(z.string()),
})

/** Body that acknowledges an alert, or reverts that. */
export const acknowledgement = z.strictObject({
  acknowledged: z.boolean(),
  note: z.string().max(2000, { error: 'expected a note of at most 2000 characters' }).default(''),
})

export type Sighting = z.infer<typeof sightingSchema>
export type KeptAlert = z.infer<typeof keptAlert>
export type KeptDeliveries = z.infer<typeof keptDeliveries>
export type Alert = z.infer<typeof alertSchema>
export type AlertsAnswer = z.infer<typeof alertsAnswer>
