import { z } from 'zod'
import { count, instant } from '@/lib/flow/answer/answer'
import { SHELF_ID } from '@/lib/flow/answer/shelf'
import { LIST_NAME } from '@/lib/flow/view/list-name'

const title = z.string().trim().min(1, { error: 'expected a name' }).max(200, { error: 'expected a name of at most 200 characters' })

/** The fields that every saved thing has. */
const kept = {
  id: z.string().regex(SHELF_ID),
  version: count,
  owner: z.string(),
  shared: z.boolean(),
  /** Name of its owner; null without sign-in. */
  by: z.string().nullable(),
  made: instant,
  changed: instant,
}

/** A view of a page: its link, under a name. */
export const keptView = z.object({
  ...kept,
  name: title,
  /** Path and query of one of our pages. */
  href: z.string(),
  /** Its owner's page opens with it. */
  initial: z.boolean(),
})

export const newView = z.strictObject({ name: title, href: z.string(), shared: z.boolean(), initial: z.boolean() })
export const changedView = newView.extend({ version: count })

const listName = z.string().regex(LIST_NAME, { error: 'expected a name of up to 40 letters, digits, - and _ that begins with a letter' })
const values = z
  .array(
    z
      .string()
      .trim()
      .min(1, { error: 'expected a value' })
      .max(200, { error: 'expected a value of at most 200 characters' })
      .refine((value) => !value.startsWith('$'), { error: 'a list cannot hold another list; expected a value' }),
  )
  .min(1, { error: 'expected at least one value' })
  .max(5000, { error: 'expected at most 5000 values' })

/** Values for filters under a name, for everybody. */
export const keptList = z.object({ ...kept, name: listName, values })
export const newList = z.strictObject({ name: listName, values })
export const changedList = newList.extend({ version: count })

const mine = z.boolean().nullable()
export const savedView = keptView.omit({ owner: true }).extend({ mine })
export const savedList = keptList.omit({ owner: true }).extend({ mine })

/** `initial` is true for the person's own views alone. */
export const viewsAnswer = z.object({ views: z.array(savedView), problems: z.array(z.string()) })
export const listsAnswer = z.object({ lists: z.array(savedList), problems: z.array(z.string()) })

export type KeptView = z.infer<typeof keptView>
export type KeptList = z.infer<typeof keptList>
export type SavedView = z.infer<typeof savedView>
export type SavedList = z.infer<typeof savedList>
export type ViewsAnswer = z.infer<typeof viewsAnswer>
export type ListsAnswer = z.infer<typeof listsAnswer>
