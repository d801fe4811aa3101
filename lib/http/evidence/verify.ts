import 'server-only'
import { type VerifyAnswer, type VerifyProgress, verifyAnswer } from '@/lib/flow/answer/evidence/verify'
import { judge } from '@/lib/flow/field/verdict'
import { Problem } from '@/lib/flow/problem'
import { withBaseline } from '@/lib/flow/view/novelties'
import { filtersByContext } from '@/lib/http/ask/answering/by-context'
import { fetchRange } from '@/lib/http/ask/answering/fetch-range'
import { describeView, resolve } from '@/lib/http/ask/answering/resolve'
import { respondEvents } from '@/lib/http/door/events'
import { type Context, handle } from '@/lib/http/door/handle'
import { respondJson } from '@/lib/http/report/respond'
import { confirm } from '@/lib/http/rights/confirm'
import { knowingScopeOf } from '@/lib/http/rights/scope-of'
import type { BlobFinding, Claim } from '@/lib/ingest/reread/verify'
import { readStrict } from '@/lib/link/params'
import { toTupleRow } from '@/lib/query/columns/rows'
import { pieces as piecesOf } from '@/lib/query/proof/pieces'
import { type SampledRow, sample } from '@/lib/query/proof/sample'

/** Milliseconds between two progress events. */
const PACE = 250

type Asked = ReturnType<typeof readStrict<'verify'>>
type Found = Pick<VerifyAnswer, 'matches' | 'differences' | 'gone' | 'changed' | 'failed'>
type Tell = (progress: VerifyProgress) => void

/** Adds the result of one blob to `found`. */
function report({ claim, fate, etagNow, rows, problem }: BlobFinding, sampled: readonly SampledRow[], found: Found): void {
  const { source, name: blob, etag } = claim.state
  if (problem !== null) found.failed.push({ source, blob, message: problem.message, rows: sampled.length })
  else if (etagNow === null) found.gone.push({ source, blob, rows: sampled.length })
  else {
    if (fate !== null && fate !== 'same') found.changed.push({ source, blob, fate, etag, etagNow, rows: sampled.length })
    for (const { row, pos } of sampled) {
      const now = rows.get(pos)
      const { line: why, fields } = judge(row, now?.row ? toTupleRow(now.row) : null)
      if (why === 'same') found.matches++
      else found.differences.push({ id: row.id, source, blob, offset: pos, why, fields, line: now?.line ?? null })
    }
  }
}

function reportPieces(findings: readonly BlobFinding[]): VerifyAnswer['pieces'] {
  const read = findings.filter(({ differing }) => differing !== null)
  const pieces = read.reduce((sum, { claim }) => sum + claim.pieces.length, 0)
  const differences = read.flatMap(({ claim: { state }, differing }) =>
    differing!.map(({ from, to }) => ({ source: state.source, blob: state.name, from, to })),
  )
  return { blobs: read.length, pieces, matches: pieces - differences.length, differences }
}

/** Verifies rows as they were counted: changed and deleted blobs are not counted again first; only missing ones are read. */
async function check(context: Context, { asked, options }: Asked, tell: Tell): Promise<VerifyAnswer> {
  const { road, signal } = context
  const view = await resolve(context, asked, options.wait)
  const needed = withBaseline(view)
  const found = await road.surveyCounted(needed, signal)
  if (options.wait) await fetchRange(context, { ...found, needs: found.unread })
  const survey = road.isStale(found) ? await road.surveyCounted(needed, signal) : found
  const scope = await knowingScopeOf(context, survey, filtersByContext(view.filter))
  const {
    answer: { total, rows, blobs },
    coverage,
  } = await road.covered(survey, () => sample(road.store, view, { scope, rows: options.rows }, signal))
  const byBlob = new Map<number, SampledRow[]>()
  for (const row of rows) byBlob.set(row.blob, [...(byBlob.get(row.blob) ?? []), row])
  const checked = options.pieces ? blobs : [...byBlob.keys()]
  const pieces = await piecesOf(road.store, checked, signal)
  const states = road.store.blobs()
  const claims = checked.flatMap((blob): Claim[] => {
    const state = states.get(blob)
    return state ? [{ state, places: byBlob.get(blob) ?? [], pieces: pieces.get(blob) ?? [] }] : []
  })
  const progress: VerifyProgress = { blobs: 0, ofBlobs: claims.length, bytesRead: 0 }
  tell(progress)
  const ticker = setInterval(() => tell(progress), PACE)
  const findings = await road
    .verify(
      claims,
      {
        hash: options.pieces,
        read: (bytes) => {
          progress.bytesRead += bytes
        },
        done: () => {
          progress.blobs++
        },
      },
      signal,
    )
    .finally(() => clearInterval(ticker))
  const told: Found = { matches: 0, differences: [], gone: [], changed: [], failed: [] }
  for (const finding of findings) report(finding, byBlob.get(finding.claim.state.id) ?? [], told)
  const answer = verifyAnswer.safeParse({
    view: describeView(view),
    coverage,
    rows: total,
    checked: rows.length,
    ...told,
    pieces: options.pieces ? reportPieces(findings) : null,
    bytesRead: progress.bytesRead,
  })
  await confirm({ road, view, survey, signal })
  if (!answer.success) throw new Problem('store', 'Answer of verify does not match its schema', { cause: answer.error })
  return answer.data
}

/**
 * Compares a sample of the view's rows, and with `pieces=1` every counted byte of their blobs, with the current content of the sources. With `Accept:
 * text/event-stream` it reports `progress`, then `done` with the answer, or `problem`.
 */
export const verify = handle(
  'verify',
  async (given) => {
    const asked = readStrict('verify', given.params)
    if (!given.request.headers.get('accept')?.includes('text/event-stream'))
      return respondJson(await check(given, asked, () => {}), given.requestId)
    return respondEvents(given, async (context, send) => {
      send('done', await check(context, asked, (progress) => send('progress', progress)))
    })
  },
  { deadline: null },
)
