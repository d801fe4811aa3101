import { formatCount, formatPlural } from '@/components/parts/format/number'
import { decodeRule } from '@/components/parts/format/rule'
import { formatDuration } from '@/components/parts/format/time'
import type { Finding } from '@/lib/flow/answer/traffic/findings'
import type { FindingKind } from '@/lib/flow/finding/kinds'
import { formatBytes } from '@/lib/flow/text/bytes'

type Write = (finding: Finding, figure: (name: string) => number) => string

const lists = ({ figures: { lists } }: Finding) => (Array.isArray(lists) ? lists.join(', ') : '')
const socket = ({ dst, dport }: Finding) => (dst?.includes(':') ? `[${dst}]:${dport}` : `${dst}:${dport}`)

/** Describes a finding in a few words, from the point of view of its address. */
const CLAUSES: Readonly<Record<FindingKind, Write>> = {
  'let-in': ({ src, dport, figures: { rule } }, figure) =>
    `${src} was denied for ${formatDuration(figure('deniedMs'))}, then let in to port ${dport} by ${decodeRule(String(rule)).name}`,
  exposed: ({ dport }, figure) => `port ${dport} was reached by ${formatPlural(figure('sources'), 'public address', 'public addresses')}`,
  beacon: (finding, figure) => `called ${socket(finding)} every ${formatDuration(figure('everyMs'))}`,
  exfiltration: (finding, figure) => `sent ${formatBytes(figure('sent'))} out to ${socket(finding)}`,
  'fan-out': (_, figure) => `reached for ${formatPlural(figure('hosts'), 'inside address', 'inside addresses')}`,
  'new-destination': (finding) => `called ${socket(finding)} for the first time`,
  'deny-surge': ({ tuples }) => `${formatCount(tuples)} tuples were denied`,
  listed: (finding) =>
    `${finding.figures.address === finding.src ? `called ${finding.dst}` : `was reached by ${finding.src}`} on ${lists(finding)}`,
  'odd-protocol': ({ dst, src, figures: { protocol, address } }) => `spoke protocol ${protocol} with ${address === src ? dst : src}`,
  silence: (_, figure) => `fell silent for ${formatDuration(figure('quietMs'))}`,
}

export function clauseOf(finding: Finding): string {
  return CLAUSES[finding.kind](finding, (name) => Number(finding.figures[name] ?? 0))
}
