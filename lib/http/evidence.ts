import 'server-only'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Coverage } from '@/lib/flow/answers'
import { compareBasis, placeOf, proofText } from '@/lib/flow/basis'
import {
  type BasisBlob,
  type BasisRecord,
  type EvidenceAnswer,
  evidenceAnswer,
  type ProofAnswer,
  proofAnswer,
} from '@/lib/flow/evidence-answer'
import { Problem } from '@/lib/flow/problem'
import type { View } from '@/lib/flow/view'
import { basis as askBasis, rejected } from '@/lib/query/basis'
import { pieces } from '@/lib/query/pieces'
import type { Scoped } from '@/lib/query/scope'
import { type Asking, answering, prepare } from './answer'
import { handle } from './handle'
import { readBody } from './read-body'
import { refuseKeys } from './refuse-keys'
import { respondJson } from './respond'

type Asked = Pick<Asking<'evidence'>, 'road' | 'memo' | 'view' | 'signal'> & { options: Scoped }

interface Held {
  blobs: BasisBlob[]
  /** Flush time of the newest row, epoch milliseconds, or null when there is none. */
  newest: number | null
}

/** What the view rests on, as far as it has been read. */
async function held({ road: { store }, memo, view, options: { scope }, signal }: Asked): Promise<Held> {
  const { filter: _, q: __, ...rest } = view
  return memo.get(JSON.stringify(['basis', rest, scope]), store.revision, async () => {
    const [rows, refused] = await Promise.all([askBasis(store, view, { scope }, signal), rejected(store, signal)])
    const read = await pieces(
      store,
      rows.map(({ blob }) => blob),
      signal,
    )
    const blobs = rows.flatMap(({ blob, rows: n, sums }): BasisBlob[] => {
      const state = store.blobs().get(blob)
      if (state === undefined) return []
      const { source, container, name, etag, length, resume } = state
      return [
        {
          source,
          container,
          name,
          etag,
          length,
          bytes: resume,
          rows: n,
          rejected: refused.get(blob) ?? 0,
          sums,
          pieces: read.get(blob) ?? [],
        },
      ]
    })
    const newest = rows.reduce<number | null>((last, row) => Math.max(last ?? row.newest, row.newest), null)
    return { blobs: blobs.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1)), newest }
  })
}

function proofOf(view: BasisRecord['view'], blobs: readonly BasisBlob[]): string {
  return createHash('sha256').update(proofText(view, blobs)).digest('hex').slice(0, 32)
}

function viewOf({ from, to, logs }: View, asof: number): BasisRecord['view'] {
  const instant = (t: number) => new Date(t).toISOString()
  return { from: instant(from), to: instant(to), logs: [...logs].sort(), asof: instant(asof) }
}

function totalOf(blobs: readonly BasisBlob[]): EvidenceAnswer['now'] {
  return { blobs: blobs.length, tuples: blobs.reduce((sum, { rows }) => sum + rows, 0) }
}

function whyIncomplete({ blobs, blobsRead, problems }: Coverage): string {
  const failed = problems.find(({ kind }) => kind === 'rights' || kind === 'source' || kind === 'blob')
  return `${blobsRead} of ${blobs} blobs of the range have been read${failed ? `: ${failed.message}` : ''}`
}

const bodySchema = z.object({ view: z.string().max(16_384) })

/**
 * Makes the proof of a view: the body's `view` holds the keys of its link. The view is pinned to the newest flush among its rows, so that what was
 * flushed before the question but arrives after it is not in it; what it rests on is kept under the proof.
 */
export const prove = handle(
  'evidence',
  async (given) => {
    refuseKeys(given.params)
    const { view: link } = await readBody(given.request, bodySchema)
    const context = { ...given, params: new URLSearchParams(link) }
    const { survey, ...asking } = await prepare('coverage', context)
    const coverage = await context.road.coverage(survey)
    if (!coverage.complete) throw new Problem('source', `View cannot be proved: ${whyIncomplete(coverage)}`)
    const { blobs, newest } = await held(asking)
    const view = viewOf(asking.view, newest ?? asking.view.asof ?? Date.now())
    const proof = proofOf(view, blobs)
    if ((await context.evidence.read(proof)) === null)
      await context.evidence.write(proof, { proof, made: new Date().toISOString(), view, blobs })
    const answer: ProofAnswer = { proof, view: { ...view, q: asking.view.q }, blobs: blobs.length, tuples: totalOf(blobs).tuples }
    return respondJson(proofAnswer.parse(answer), context.requestId)
  },
  { method: 'POST' },
)

const NO_RECORD = 'The record of this link is not kept here, so that it cannot be said which blobs changed'
const NO_RECORD_FOR_YOU =
  'The record of this link is not kept here, or it rests on blobs that you may not read or that are gone, so that it cannot be said which blobs changed'

/** A record names blobs: for one person it is not there unless that person may read them all. */
function maySee({ blobs }: BasisRecord, { road, survey }: Pick<Asking<'evidence'>, 'road' | 'survey'>): boolean {
  const seen = new Set(survey.needs.map(({ blob }) => placeOf(blob)))
  return !road.isPersonal || blobs.every((blob) => seen.has(placeOf(blob)))
}

type Judgement = Pick<EvidenceAnswer, 'verdict' | 'made' | 'reason' | 'before' | 'now' | 'blobs'>

/** Whether a view still rests on what it rested on when its proof was made. */
export async function judge({
  proof,
  ...asking
}: Pick<Asking<'evidence'>, 'road' | 'memo' | 'evidence' | 'view' | 'survey' | 'signal'> & {
  options: Scoped
  proof: string
}): Promise<Judgement> {
  const { road, evidence, survey, view } = asking
  const coverage = await road.coverage(survey)
  const [kept, { blobs: current }] = await Promise.all([evidence.read(proof), held(asking)])
  const record = kept !== null && maySee(kept, asking) ? kept : null
  const now = totalOf(current)
  const unknown = { verdict: 'unknown' as const, made: record?.made ?? null, now, blobs: [] }
  if (view.asof === null) return { ...unknown, reason: 'The link has no asof, so that no proof can be about it', before: null }
  const named = viewOf(view, view.asof)
  if (record !== null && proofOf(record.view, record.blobs) !== proof)
    throw new Problem('store', `Record ${proof}.json in the data directory is damaged: it is not what its name says`)
  if (record === null) {
    if (!coverage.complete) return { ...unknown, reason: whyIncomplete(coverage), before: null }
    if (proofOf(named, current) === proof) return { ...unknown, verdict: 'same', reason: null, before: now }
    const reason = road.isPersonal ? NO_RECORD_FOR_YOU : NO_RECORD
    return { ...unknown, verdict: 'changed', reason, before: null }
  }
  const before = totalOf(record.blobs)
  if (proofText(named, []) !== proofText(record.view, []))
    return { ...unknown, reason: 'The proof was made of another range, asof or choice of logs', before }
  const listed = survey.needs.map(({ blob }) => blob)
  const unread = road.unread(survey)
  const { verdict, blobs } = compareBasis(record.blobs, current, listed, unread)
  const isMoved = verdict === 'changed' && proofOf(named, current) === proof
  if (coverage.complete && isMoved) return { ...unknown, verdict: 'same', reason: null, before }
  if (coverage.complete) return { ...unknown, verdict, reason: null, before, blobs }
  return { ...unknown, reason: whyIncomplete(coverage), before, blobs: survey.failed.length > 0 ? [] : blobs }
}

/** Says of a link with a proof whether it still rests on the same data. */
export const evidence = answering('evidence', evidenceAnswer, async (asking) => ({
  proof: asking.options.proof,
  ...(await judge({ ...asking, proof: asking.options.proof })),
}))
