import { z } from 'zod'
import { count, instant } from '@/lib/flow/answer/answer'
import { SHELF_ID } from '@/lib/flow/answer/shelf'
import { FINDING_KINDS, LEVELS } from '@/lib/flow/finding/kinds'
import { WATCH_METRICS } from './watch-metrics'

/** The same form as the id of an investigation. */
export const WATCH_ID = SHELF_ID

const title = z.string().trim().min(1, { error: 'expected a title' }).max(200, { error: 'expected a title of at most 200 characters' })
const asked = { q: z.string().default(''), logs: z.array(z.string().min(1)).max(1000).default([]) }

/** The condition of a watch: an amount of the traffic that a filter selects within a window, or findings. */
export const conditionSchema = z.discriminatedUnion('about', [
  z.strictObject({
    about: z.literal('filter'),
    ...asked,
    metric: z.enum(WATCH_METRICS),
    /** The threshold. */
    least: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
    /** Length of the windows, which begin at multiples of it: `5m` to `1d`. */
    window: z.string(),
  }),
  z.strictObject({
    about: z.literal('findings'),
    ...asked,
    kinds: z.array(z.enum(FINDING_KINDS)).min(1, { error: 'expected at least one kind' }),
    /** The lowest level that makes an alert. */
    level: z.enum(LEVELS),
    /** In the notation of a link: `beacon.calls:20`. */
    thresholds: z.string().default(''),
  }),
])

/** Body that creates a watch. */
export const newWatch = z.strictObject({ title, condition: conditionSchema, paused: z.boolean().default(false) })

/** Body that replaces a watch; `version` is the version that it is based on. */
export const changedWatch = z.strictObject({ version: count, title, condition: conditionSchema, paused: z.boolean() })

/** A watch as stored: `owner` is Identity.key, and `local` without sign-in. */
export const keptWatch = z.object({
  id: z.string().regex(WATCH_ID),
  /** Grows with every change. */
  version: count,
  title,
  condition: conditionSchema,
  /** True if the watch is not evaluated. */
  paused: z.boolean(),
  owner: z.string(),
  /** Name of the owner; null without sign-in. */
  by: z.string().nullable(),
  made: instant,
  changed: instant,
})

/** Result of the last round of a watch. */
export const roundSchema = z.object({
  /** Time of the round. */
  asked: instant,
  /** Time up to which everything has been read and evaluated; null before the first complete round. */
  through: instant.nullable(),
  /** Reason why the last round was not complete, or null. */
  problem: z.string().nullable(),
})

export const watchSchema = keptWatch.omit({ owner: true }).extend({
  /** True if the person is its owner; null without sign-in. */
  mine: z.boolean().nullable(),
  /** Null before the first round. */
  round: roundSchema.nullable(),
  /** Number of its alerts, and number of those that nobody has acknowledged. */
  alerts: count,
  open: count,
})

/** Every watch, last changed first. */
export const watchesAnswer = z.object({
  /** Milliseconds between two rounds of this instance; null if it evaluates no watches. */
  every: count.nullable(),
  /** Names of the sources that watches read. */
  sources: z.array(z.string()),
  /** Names of the addresses that receive alerts, without secrets. */
  webhooks: z.array(z.string()),
  watches: z.array(watchSchema),
  problems: z.array(z.string()),
})

export type Condition = z.infer<typeof conditionSchema>
export type NewWatch = z.input<typeof newWatch>
export type ChangedWatch = z.input<typeof changedWatch>
export type KeptWatch = z.infer<typeof keptWatch>
export type Round = z.infer<typeof roundSchema>
export type Watch = z.infer<typeof watchSchema>
export type WatchesAnswer = z.infer<typeof watchesAnswer>
