import { z } from 'zod'
import { count, instant } from '@/lib/flow/answer/answer'
import { SHELF_ID } from '@/lib/flow/answer/shelf'
import { VERDICTS } from './evidence'

const title = z.string().trim().min(1, { error: 'expected a title' }).max(200, { error: 'expected a title of at most 200 characters' })
const note = z.string().max(100_000, { error: 'expected a note of at most 100000 characters' })
const label = z.string().trim().min(1, { error: 'expected a label' }).max(300, { error: 'expected a label of at most 300 characters' })

const linkSchema = z.object({
  label,
  /** Path and query of one of our pages, with its proof in the key `proof`. */
  href: z.string(),
  added: instant,
})

const MOST = { error: 'expected at most 500 links' }

/** Body that creates an investigation. */
export const newInvestigation = z.strictObject({
  title,
  note: note.default(''),
  links: z
    .array(linkSchema.partial({ added: true }))
    .max(500, MOST)
    .default([]),
})

/** Body that replaces an investigation; `version` is the version that it is based on. */
export const changedInvestigation = z.strictObject({
  version: count,
  title,
  note,
  links: z.array(linkSchema.partial({ added: true })).max(500, MOST),
  shared: z.boolean().optional(),
})

export const investigationSchema = z.object({
  id: z.string().regex(SHELF_ID),
  /** Grows with every change. */
  version: count,
  title,
  /** Plain text or Markdown. */
  note,
  links: z.array(linkSchema),
  /** Everybody who may use this instance may read it; only its owner may change it. */
  shared: z.boolean(),
  /** True if the person is its owner; null without sign-in. */
  mine: z.boolean().nullable(),
  made: instant,
  changed: instant,
})

/** An investigation as stored: `owner` is Identity.key, and `local` without sign-in. */
export const keptInvestigation = investigationSchema
  .omit({ mine: true })
  .extend({ owner: z.string().default('local'), shared: z.boolean().default(false) })

/** Every investigation, the last changed first, and the problems of unreadable files. */
export const investigationsAnswer = z.object({
  investigations: z.array(
    investigationSchema.pick({ id: true, title: true, shared: true, mine: true, made: true, changed: true }).extend({ links: count }),
  ),
  problems: z.array(z.string()),
})

/** An investigation as one file: its links are absolute, each with its answer at export, or the reason why there is none. */
export const exportedInvestigation = investigationSchema.extend({
  address: z.string(),
  exported: instant,
  links: z.array(
    linkSchema.extend({
      proof: z.string().nullable(),
      view: z.object({ from: instant, to: instant, q: z.string(), logs: z.array(z.string()), asof: instant.nullable() }).nullable(),
      figures: z.object({ rows: count, allow: count, deny: count }).nullable(),
      verdict: z.enum(VERDICTS).nullable(),
      problem: z.string().nullable(),
    }),
  ),
})

export type InvestigationLink = z.infer<typeof linkSchema>
export type NewInvestigation = z.input<typeof newInvestigation>
export type ChangedInvestigation = z.input<typeof changedInvestigation>
export type Investigation = z.infer<typeof investigationSchema>
export type KeptInvestigation = z.infer<typeof keptInvestigation>
export type InvestigationsAnswer = z.infer<typeof investigationsAnswer>
export type ExportedInvestigation = z.infer<typeof exportedInvestigation>
