import 'server-only'
import { Problem } from '@/lib/flow/problem'
import { judge } from '@/lib/flow/verdict'
import { type VerifyAnswer, type VerifyProgress, verifyAnswer } from '@/lib/flow/verify-answer'
import type { Claim, Finding } from '@/lib/ingest/verify'
import { readStrict } from '@/lib/link/params'
import { pieces as piecesOf } from '@/lib/query/pieces'
import { toTupleRow } from '@/lib/query/rows'
import { type SampledRow, sample } from '@/lib/query/sample'
import { confirm } from './confirm'
import { respondEvents } from './events'
import { fetchRange } from './fetch-range'
import { type Context, handle } from './handle'
import { describeView, resolve } from './resolve'
import { respondJson } from './respond'
import { scopeOf } from './scope-of'

/** Milliseconds between two progress events. */
const PACE = 250

type Asked = ReturnType<typeof readStrict<'verify'>>
type Found = Pick<VerifyAnswer, 'matches' | 'differences' | 'gone' | 'changed' | 'failed'>
type Tell = (progress: VerifyProgress) => void

/** What is said of one blob, added to `found`. */
function report({ claim, fate, etagNow, rows, problem }: Finding, sampled: readonly SampledRow[], found: Found): void {
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

function reportPieces(findings: readonly Finding[]): VerifyAnswer['pieces'] {
  const read = findings.filter(({ differing }) => differing !== null)
  const pieces = read.reduce((sum, { claim }) => sum + claim.pieces.length, 0)
  const differences = read.flatMap(({ claim: { state }, differing }) =>
    differing!.map(({ from, to }) => ({ source: state.source, blob: state.name, from, to })),
  )
  return { blobs: read.length, pieces, matches: pieces - differences.length, differences }
}

/** Checks rows as they were counted: a blob that was written or is gone since is not counted anew first, only what is missing is read. */
async function check(context: Context, { asked, options }: Asked, tell: Tell): Promise<VerifyAnswer> {
  const { road, signal } = context
  const view = await resolve(context, asked, options.wait)
  const found = await road.surveyCounted(view, signal)
  if (options.wait) await fetchRange(context, { ...found, needs: found.unread })
  const survey = road.isStale(found) ? await road.surveyCounted(view, signal) : found
  const { total, rows, blobs } = await sample(road.store, view, { scope: scopeOf(context, survey), rows: options.rows }, signal)
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
    coverage: await road.coverage(survey),
    rows: total,
    checked: rows.length,
    ...told,
    pieces: options.pieces ? reportPieces(findings) : null,
    bytesRead: progress.bytesRead,
  })
  await confirm({ road, view, survey, signal })
  if (!answer.success) throw new Problem('store', 'Answer of verify has not the shape it should have', { cause: answer.error })
  return answer.data
}

/**
 * Holds a sample of the view's rows, and with `pieces=1` every counted byte of their blobs, against what the sources have now. To who accepts
 * `text/event-stream` it tells how it goes: `progress`, then `done` with the answer, or `problem`.
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
