import { formatPlural } from '@/components/parts/format/number'
import { allRead } from '@/lib/flow/answer/all-read'
import type { Coverage } from '@/lib/flow/answer/answer'
import { formatBytes } from '@/lib/flow/text/bytes'

/** Describes data that is in storage but not in an answer, one entry for each kind of loss; empty if nothing is missing. */
export function lossesOf(coverage: Coverage): string[] {
  const { complete, blobs, blobsRead, malformed, problems } = coverage
  if (complete) return []
  const refused = problems.filter(({ kind }) => kind === 'record' || kind === 'tuple')
  const bytes = refused.reduce((sum, problem) => sum + problem.bytes, 0)
  const unlisted = problems.filter(
    ({ kind, count, reason }) => reason !== 'expires' && (kind === 'source' || (kind === 'rights' && count === 0)),
  )
  const missing = problems.filter(({ kind }) => kind === 'missing').reduce((sum, { count }) => sum + count, 0)
  const losses = [
    malformed > 0 ? `${formatPlural(malformed, 'record or tuple', 'records and tuples')} rejected (${formatBytes(bytes)})` : '',
    blobsRead < blobs ? `${formatPlural(blobs - blobsRead, 'blob')} not read` : '',
    missing > 0 ? `${formatPlural(missing, 'file')} not read` : '',
    unlisted.length > 0 ? `${formatPlural(unlisted.length, 'place')} not listed` : '',
  ].filter(Boolean)
  return losses.length > 0 || allRead(coverage) ? losses : ['some blobs not read']
}
