import 'server-only'
import { type ManifestAnswer, type ManifestBlob, manifestAnswer } from '@/lib/flow/answer/read/manifest'
import { Problem } from '@/lib/flow/problem'
import type { BlobState } from '@/lib/flow/reading/blob'
import type { Piece } from '@/lib/flow/reading/piece'
import type { View } from '@/lib/flow/view/view'
import { prepare, type ViewAsking } from '@/lib/http/ask/answering/answer'
import { describeView } from '@/lib/http/ask/answering/resolve'
import { handle } from '@/lib/http/door/handle'
import { originOf } from '@/lib/http/door/origin'
import { respondJson } from '@/lib/http/report/respond'
import { confirm, readAgain } from '@/lib/http/rights/confirm'
import { version } from '@/lib/http/server/version'
import { rehash } from '@/lib/ingest/reread/rehash'
import { write } from '@/lib/link/params'
import { VIEWS } from '@/lib/link/views'
import { manifest as askManifest, type Manifest } from '@/lib/query/proof/manifest'
import { pieces } from '@/lib/query/proof/pieces'
import type { Scoped } from '@/lib/query/where/scope'

type Asked = Pick<ViewAsking<'manifest'>, 'road' | 'request' | 'view' | 'survey' | 'signal'> & {
  options: Scoped & { hash: boolean }
}

/** Returns the page's address of the view, at the host of the request. */
function linkOf(request: Request, { from, to, q, filter, logs, asof, once }: View): string {
  const { page } = VIEWS.tuples
  const params = write(page.keys, { asked: { range: { kind: 'fixed', from, to }, q, filter, logs, asof, once }, options: {} })
  return new URL(`${page.path}?${params}`, originOf(request)).href
}

/** Returns the blobs read for the range, and blobs with rows of it whose source does not answer now. */
function blobsOf({ road: { store }, survey }: Asked, { rows }: Manifest): BlobState[] {
  const ids = new Set([...survey.needs.map(({ blob }) => blob.id), ...rows.keys()])
  const states = [...ids].flatMap((id) => store.blobs().get(id) ?? [])
  const place = ({ source, container, name }: BlobState) => `${source}\0${container}\0${name}`
  return states.sort((a, b) => (place(a) < place(b) ? -1 : 1))
}

async function describe(
  { road, options, signal }: Asked,
  state: BlobState,
  read: readonly Piece[],
  { rows, rejected }: Manifest,
): Promise<ManifestBlob> {
  const { id, container, name, etag, resume, tuples, records } = state
  const again = options.hash ? await readAgain(road, rehash(road.sources, state, read, signal)) : { sha256: null, stored: null, now: null }
  const source = road.sources.find((one) => one.id === state.source)?.name ?? state.source
  const counted = { rowsInView: rows.get(id) ?? 0, rows: tuples, records, rejected: rejected.get(id) ?? [] }
  return { source, container, name, etag, length: resume, pieces: [...read], ...counted, ...again }
}

function add(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}

/** Returns the basis of the view, blob by blob; with `hash`, every blob is read again. */
export async function describeManifest(asked: Asked): Promise<ManifestAnswer> {
  const { road, view, survey, options, signal, request } = asked
  const { answer: found, coverage } = await road.covered(survey, () => askManifest(road.store, view, options, signal))
  const states = blobsOf(asked, found)
  const ids = states.map(({ id }) => id)
  const read = await pieces(road.store, ids, signal)
  const blobs: ManifestBlob[] = []
  for (const state of states) blobs.push(await describe(asked, state, read.get(state.id) ?? [], found))
  const refused = blobs.flatMap(({ rejected }) => rejected.filter(({ what }) => what !== 'warning'))
  const answer = manifestAnswer.safeParse({
    view: describeView(view),
    coverage,
    program: { name: 'flowlens', version },
    made: new Date().toISOString(),
    link: linkOf(request, view),
    total: {
      rows: add([...found.rows.values()]),
      blobs: blobs.length,
      bytes: add(blobs.map(({ length }) => length)),
      rejected: add(refused.map(({ count }) => count)),
    },
    blobs,
  } satisfies ManifestAnswer)
  if (!answer.success) throw new Problem('store', 'Answer of manifest does not match its schema', { cause: answer.error })
  return answer.data
}

export const manifest = handle(
  'manifest',
  async (context) => {
    const asking = await prepare('manifest', context)
    const answer = await describeManifest(asking)
    await confirm(asking)
    return respondJson(answer, context.requestId)
  },
  { deadline: null },
)
