import { z } from 'zod'
import { instant } from '@/lib/flow/answer/answer'
import { SHELF_ID } from '@/lib/flow/answer/shelf'
import { FINDING_KINDS } from '@/lib/flow/finding/kinds'

/** The same form as the id of an investigation. */
export const MUTE_ID = SHELF_ID

/** The muted finding, or the muted kind of findings about one address. */
const subject = {
  /** Finding.id, or null. */
  finding: z
    .string()
    .regex(/^[0-9a-z]{1,11}$/)
    .nullable()
    .default(null),
  kind: z.enum(FINDING_KINDS),
  /** Finding.figures.address; null with `finding`. */
  address: z.string().max(64).nullable().default(null),
}

/** Body that creates a mute. */
export const newMute = z
  .strictObject({
    ...subject,
    why: z.string().trim().min(1, { error: 'expected a reason' }).max(500, { error: 'expected a reason of at most 500 characters' }),
    /** End of the mute; null if it never ends. */
    until: instant.nullable().default(null),
  })
  .refine(({ finding, address }) => (finding === null) !== (address === null), {
    error: 'expected either a finding or an address',
    path: ['finding'],
  })

/** A mute as stored: `owner` is Identity.key, and `local` without sign-in. */
export const keptMute = z.object({
  id: z.string().regex(MUTE_ID),
  ...subject,
  why: z.string(),
  until: instant.nullable(),
  owner: z.string(),
  /** Name of the owner; null without sign-in. */
  by: z.string().nullable(),
  made: instant,
})

export const muteSchema = keptMute.omit({ owner: true })

/** The mutes that apply to the person who asks, newest first. */
export const mutesAnswer = z.object({ mutes: z.array(muteSchema), problems: z.array(z.string()) })

export type NewMute = z.input<typeof newMute>
export type KeptMute = z.infer<typeof keptMute>
export type Mute = z.infer<typeof muteSchema>
export type MutesAnswer = z.infer<typeof mutesAnswer>
