import { fetchAnswer } from '@/components/parts/answer/fetch-answer'
import { type DeniedThenAllowedScan, isDeniedThenAllowed } from '@/components/parts/totals/denied-then-allowed-scan'
import { scopeBlocks } from '@/lib/flow/address/scope'
import type { HostAnswer } from '@/lib/flow/answer/host'
import type { TalkersAnswer } from '@/lib/flow/answer/talkers'
import { writeInstant } from '@/lib/link/keys/instant'

/** The subject of the steps: the source that was denied and then allowed last, in the latest 24 hours that hold data. */
export interface Incident {
  /** The start of the range, as in a link. */
  from: string
  to: string
  /** Sources that were denied inbound. */
  sources: number
  scan: DeniedThenAllowedScan
  denied: HostAnswer['letIn']['rows'][number]['denied']
  allowed: HostAnswer['letIn']['rows'][number]['allowed']
  /** Traffic from the reached machine to public addresses from then on: destinations, the most bytes first. */
  outbound: { q: string; from: string; total: number; top: TalkersAnswer['rows'][number] | null }
}

function outboundOf(address: string): string {
  return `src:${address} dir:out action:allow not dst:${scopeBlocks('private').join(',')}`
}

/** Three questions, each based on the answer before it; null if no source was denied and then allowed. @throws AnswerError */
export async function findIncident(signal: AbortSignal): Promise<Incident | null> {
  const scans = await fetchAnswer('scans', new URLSearchParams({ limit: '100' }), signal)
  const [scan] = scans.rows.filter(isDeniedThenAllowed).sort((a, b) => Date.parse(b.allowed.first) - Date.parse(a.allowed.first))
  if (scan === undefined) return null
  const [from, to] = [scans.view.from, scans.view.to].map((instant) => writeInstant(Date.parse(instant))) as [string, string]
  const host = await fetchAnswer('host', new URLSearchParams({ from, to, ip: scan.source }), signal)
  const entry = host.letIn.rows.find(({ end, source }) => end === 'src' && source === scan.source)
  if (entry === undefined) return null
  const since = writeInstant(Math.floor(Date.parse(entry.allowed.first) / 1000) * 1000)
  const q = outboundOf(entry.allowed.dst)
  const sent = await fetchAnswer('talkers', new URLSearchParams({ from: since, to, q, by: 'dst', metric: 'bytes', limit: '1' }), signal)
  return {
    from,
    to,
    sources: scans.total,
    scan,
    denied: entry.denied,
    allowed: entry.allowed,
    outbound: { q, from: since, total: sent.total, top: sent.rows[0] ?? null },
  }
}
