import { fetchAnswer } from '@/components/answer/fetch-answer'
import { isLetIn, type LetInScan } from '@/components/totals/let-in-scan'
import { scopeBlocks } from '@/lib/flow/address-scope'
import type { HostAnswer, TalkersAnswer } from '@/lib/flow/answers'
import { writeInstant } from '@/lib/link/instant'

/** What the steps follow: the source that was let in last after it had been kept out, in the newest 24 hours that hold data. */
export interface Incident {
  /** The range that was looked at, as a link has it. */
  from: string
  to: string
  /** Sources that were denied inbound. */
  sources: number
  scan: LetInScan
  denied: HostAnswer['letIn']['rows'][number]['denied']
  allowed: HostAnswer['letIn']['rows'][number]['allowed']
  /** What the machine that was reached sent out of private networks from then on: where to, the most bytes first. */
  outbound: { q: string; from: string; total: number; top: TalkersAnswer['rows'][number] | null }
}

function outboundOf(address: string): string {
  return `src:${address} dir:out action:allow not dst:${scopeBlocks('private').join(',')}`
}

/**
 * Three questions, each from the answer before it; null where nothing that was kept out got in later.
 * @throws AnswerError
 */
export async function findIncident(signal: AbortSignal): Promise<Incident | null> {
  const scans = await fetchAnswer('scans', new URLSearchParams({ limit: '100' }), signal)
  const [scan] = scans.rows.filter(isLetIn).sort((a, b) => Date.parse(b.allowed.first) - Date.parse(a.allowed.first))
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
