import 'server-only'
import type { BaselineAnswer } from '@/lib/flow/answer/baseline'
import { timeBefore } from '@/lib/flow/time/baseline'
import { DAY } from '@/lib/flow/time/bucket'
import { withBaseline } from '@/lib/flow/view/novelties'
import type { View } from '@/lib/flow/view/view'
import { beyond } from '@/lib/http/door/beyond'
import type { Context } from '@/lib/http/door/handle'
import { confirm } from '@/lib/http/rights/confirm'
import { knowingScopeOf } from '@/lib/http/rights/scope-of'
import type { Survey } from '@/lib/ingest/road/road'
import { type BaselineCover, coverOf } from '@/lib/query/findings/question/cover'
import type { Scope } from '@/lib/query/where/scope'

/** A person or a watch that looks for findings. */
export interface Looker extends Pick<Context, 'road' | 'memo' | 'contextFiles' | 'signal'> {
  identity: Pick<Context['identity'], 'key'>
}

/** A view together with its baseline, the time before it. */
export interface TimeBefore {
  before: View
  /** Covers both. */
  survey: Survey
  scope: Scope
  cover: BaselineCover
  /** Confirms the person's rights to both; returns true if both have been read completely. */
  confirmed: () => Promise<boolean>
}

/**
 * Surveys a view together with its baseline of the given length. The cover tells how much of the baseline has been read.
 * @throws Problem `ask` if both together are longer than a range may be
 */
export async function withTimeBefore(looker: Looker, view: View, length: number): Promise<TimeBefore> {
  const { road, memo, signal } = looker
  const { store } = road
  const before = timeBefore(view, length)
  const whole: View = { ...view, from: before.from }
  beyond('range', whole.to - whole.from, 'Range with its baseline', { unit: 'days', per: DAY, key: 'baseline' })
  const survey = await road.survey(withBaseline(whole), signal)
  const scope = await knowingScopeOf(looker, survey, true)
  const { from, to, logs, asof } = before
  const cover = await memo.get(JSON.stringify(['cover', from, to, logs, asof, scope]), store.revision, () =>
    coverOf(store, before, scope, signal),
  )
  return {
    before,
    survey,
    scope,
    cover,
    confirmed: async () => {
      await confirm({ road, view: whole, survey, signal })
      const { blobs, blobsRead } = road.progress(survey)
      return blobsRead === blobs
    },
  }
}

/** Describes a baseline as in answers. */
export function describeBaseline({ from, to }: View, share: number, isRead: boolean): BaselineAnswer {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), complete: share === 1 && isRead, share }
}
