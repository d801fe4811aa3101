import 'server-only'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { allRead } from '@/lib/flow/answer/all-read'
import type { Coverage } from '@/lib/flow/answer/answer'
import { compareBasis, placeOf, proofText } from '@/lib/flow/answer/evidence/basis'
import { type BasisBlob, type BasisRecord, type EvidenceAnswer, type ProofAnswer, proofAnswer } from '@/lib/flow/answer/evidence/evidence'
import { Problem } from '@/lib/flow/problem'
import { withBaseline } from '@/lib/flow/view/novelties'
import type { View } from '@/lib/flow/view/view'
import { answering, prepare, type ViewAsking } from '@/lib/http/ask/answering/answer'
import { filtersByContext } from '@/lib/http/ask/answering/by-context'
import { handle } from '@/lib/http/door/handle'
import { readBody } from '@/lib/http/door/read-body'
import { refuseKeys } from '@/lib/http/door/refuse-keys'
import { respondJson } from '@/lib/http/report/respond'
import { basis as askBasis, rejected } from '@/lib/query/proof/basis'
import { pieces } from '@/lib/query/proof/pieces'
import type { Scoped } from '@/lib/query/where/scope'

type Asked = Pick<ViewAsking<'evidence'>, 'road' | 'memo' | 'view' | 'signal'> & { options: Scoped }

interface Held {
  blobs: BasisBlob[]
  /** Flush time of the newest row, or null if there is none. Epoch milliseconds. */
  newest: number | null
}

/** Returns the basis of the view, as far as it has been read. */
async function held({ road: { store }, memo, view, options: { scope }, signal }: Asked): Promise<Held> {
  const needed = withBaseline(view)
  const { filter: _, q: __, lists: ___, ...rest } = needed
  return memo.get(JSON.stringify(['basis', rest, scope]), store.revision, async () => {
    const [rows, refused] = await Promise.all([askBasis(store, needed, { scope }, signal), rejected(store, signal)])
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

/** The range with the baselines of its filter, because answers rest on both. `context` is the digest of the context files, or null where the link does not depend on them. */
function viewOf(view: View, asof: number, context: string | null): BasisRecord['view'] {
  const { from, to, logs, lists } = withBaseline(view)
  const instant = (t: number) => new Date(t).toISOString()
  return {
    from: instant(from),
    to: instant(to),
    logs: [...logs].sort(),
    asof: instant(asof),
    ...(context !== null && { context }),
    ...(lists !== undefined && { lists }),
  }
}

function totalOf(blobs: readonly BasisBlob[]): EvidenceAnswer['now'] {
  return { blobs: blobs.length, tuples: blobs.reduce((sum, { rows }) => sum + rows, 0) }
}

function whyIncomplete({ blobs, blobsRead, problems }: Coverage): string {
  const failed = problems.find(({ kind }) => kind === 'rights' || kind === 'source' || kind === 'blob' || kind === 'missing')
  return `${blobsRead} of ${blobs} blobs of the range have been read${failed ? `: ${failed.message}` : ''}`
}

const bodySchema = z.object({ view: z.string().max(16_384), context: z.boolean().optional() })

/**
 * Creates the proof of a view: the body's `view` holds the keys of its link, and `context` says that its page groups by or shows what context files tell. `asof` is set to the newest flush among its rows, so that records
 * flushed earlier but read later are not part of it. The basis is saved under the proof.
 */
export const prove = handle(
  'evidence',
  async (given) => {
    refuseKeys(given.params)
    const { view: link, context: byContext = false } = await readBody(given, bodySchema)
    const context = { ...given, params: new URLSearchParams(link) }
    const { survey, ...asking } = await prepare('coverage', context)
    const {
      answer: { blobs, newest },
      coverage,
    } = await context.road.covered(survey, () => held(asking))
    if (!allRead(coverage)) throw new Problem('source', `View cannot be proved: ${whyIncomplete(coverage)}`)
    const { digest } = await given.contextFiles.known()
    const isTold = byContext || filtersByContext(asking.view.filter)
    const view = viewOf(asking.view, newest ?? asking.view.asof ?? Date.now(), isTold ? digest : null)
    const proof = proofOf(view, blobs)
    if ((await context.evidence.read(proof)) === null)
      await context.evidence.write(proof, { proof, made: new Date().toISOString(), view, blobs })
    const answer: ProofAnswer = { proof, view: { ...view, q: asking.view.q }, blobs: blobs.length, tuples: totalOf(blobs).tuples }
    return respondJson(proofAnswer.parse(answer), context.requestId)
  },
  { method: 'POST' },
)

const NO_RECORD = 'The record of this link is not saved here, so the changed blobs cannot be named'
const NO_RECORD_FOR_YOU =
  'The record of this link is not saved here, or it rests on blobs that you may not read or that are gone, so the changed blobs cannot be named'

const OTHER_LISTS = 'the saved lists that its filter names hold other values now'
const OTHER_CONTEXT = 'the context files that it asks by are others now'

/** True if the person may read all blobs of a record; otherwise they may not see it, because it names the blobs. */
function maySee({ blobs }: BasisRecord, { road, survey }: Pick<ViewAsking<'evidence'>, 'road' | 'survey'>): boolean {
  const seen = new Set(survey.needs.map(({ blob }) => placeOf(blob)))
  return !road.isPersonal || blobs.every((blob) => seen.has(placeOf(blob)))
}

type Judgement = Pick<EvidenceAnswer, 'verdict' | 'made' | 'reason' | 'before' | 'now' | 'blobs'>

/** Compares the current basis of a view with the basis of its proof. */
export async function judge({
  proof,
  ...asking
}: Pick<ViewAsking<'evidence'>, 'road' | 'memo' | 'evidence' | 'contextFiles' | 'view' | 'survey' | 'signal'> & {
  options: Scoped
  proof: string
}): Promise<Judgement> {
  const { road, evidence, survey, view } = asking
  const kept = await evidence.read(proof)
  const {
    answer: { blobs: current },
    coverage,
  } = await road.covered(survey, () => held(asking))
  const record = kept !== null && maySee(kept, asking) ? kept : null
  const now = totalOf(current)
  const unknown = { verdict: 'unknown' as const, made: record?.made ?? null, now, blobs: [] }
  if (view.asof === null) return { ...unknown, reason: 'The link has no asof, so it cannot have a proof', before: null }
  const { asof } = view
  const { digest } = await asking.contextFiles.known()
  const [plain, told] = [viewOf(view, asof, null), viewOf(view, asof, digest)]
  // The record says if the page showed context; a filter by context shows it without a record.
  const isTold = record === null ? filtersByContext(view.filter) : record.view.context !== undefined
  const named = isTold ? told : plain
  if (record !== null && proofOf(record.view, record.blobs) !== proof)
    throw new Problem('store', `Record ${proof}.json in the data directory is damaged: its content does not match its name`)
  if (record === null) {
    if (!allRead(coverage)) return { ...unknown, reason: whyIncomplete(coverage), before: null }
    if ((isTold ? [told] : [plain, told]).some((one) => proofOf(one, current) === proof))
      return { ...unknown, verdict: 'same', reason: null, before: now }
    const reason = road.isPersonal ? NO_RECORD_FOR_YOU : NO_RECORD
    return { ...unknown, verdict: 'changed', reason, before: null }
  }
  const before = totalOf(record.blobs)
  if (record.view.context !== named.context) return { ...unknown, verdict: 'changed', reason: OTHER_CONTEXT, before }
  if (record.view.lists !== named.lists) return { ...unknown, verdict: 'changed', reason: OTHER_LISTS, before }
  if (proofText(named, []) !== proofText(record.view, []))
    return { ...unknown, reason: 'The proof belongs to another range, asof or choice of logs', before }
  const listed = survey.needs.map(({ blob }) => blob)
  const unread = road.unread(survey)
  const { verdict, blobs } = compareBasis(record.blobs, current, listed, unread)
  const isMoved = verdict === 'changed' && proofOf(named, current) === proof
  if (allRead(coverage) && isMoved) return { ...unknown, verdict: 'same', reason: null, before }
  if (allRead(coverage)) return { ...unknown, verdict, reason: null, before, blobs }
  return { ...unknown, reason: whyIncomplete(coverage), before, blobs: survey.failed.length > 0 ? [] : blobs }
}

/** Tells whether a link with a proof still rests on the same data. */
export const evidence = answering('evidence', async (asking) => ({
  proof: asking.options.proof,
  ...(await judge({ ...asking, proof: asking.options.proof })),
}))
