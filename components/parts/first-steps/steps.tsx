import type { ReactNode } from 'react'
import { formatBytes, formatCount, formatPlural } from '@/components/parts/format/number'
import { decodeRule } from '@/components/parts/format/rule'
import { formatInstant, type Zone } from '@/components/parts/format/time'
import type { Patch } from '@/components/parts/view/patch'
import { serviceName } from '@/lib/flow/services'
import type { Incident } from './incident'

/** One question, its answer in words, and the page that shows it. */
export interface Step {
  question: string
  answer: ReactNode
  path: string
  patch: Patch
}

/** Keys to remove from a step's link, so that it consists of the step's own keys. */
const NOTHING_ELSE: Patch = Object.fromEntries(
  ['from', 'to', 'last', 'q', 'log', 'asof', 'off', 'by', 'metric', 'rule', 'acl', 'dir', 'row', 'prev'].map((key) => [key, null]),
)

function portText(port: number): string {
  return [serviceName(port)?.toUpperCase(), `port ${port}`].filter(Boolean).join(', ')
}

function left({ outbound }: Incident): ReactNode {
  const { top, total } = outbound
  if (top === null) return 'Nothing went out to a public address.'
  return (
    <>
      {formatBytes(top.bytesSent)} went to <span className="data">{top.key}</span>
      {total > 1 ? `, the most of ${formatPlural(total, 'public address', 'public addresses')}` : ', and nowhere else outside'}.
    </>
  )
}

/** The questions in the order of an investigation. */
export function stepsOf(incident: Incident, zone: Zone): Step[] {
  const { scan, denied, allowed, outbound, from, to, sources } = incident
  const after = { ...NOTHING_ELSE, from: outbound.from, to }
  const range = { ...NOTHING_ELSE, from, to }
  const source = <span className="data">{scan.source}</span>
  const target = <span className="data">{allowed.dst}</span>
  const evidence = outbound.top === null ? `src:${scan.source}` : `src:${allowed.dst} dst:${outbound.top.key}`
  return [
    {
      question: 'Who got in?',
      answer: (
        <>
          Of {formatPlural(sources, 'denied source')}, {source} is the last one that was allowed later: {portText(allowed.dport)}. The
          highlighted figure shows it.
        </>
      ),
      path: '/',
      patch: range,
    },
    {
      question: 'What did it try?',
      answer: (
        <>
          {source} was denied {formatPlural(denied.tuples, 'time')} from {formatInstant(denied.first, zone)} on, then allowed to {target} at{' '}
          {formatInstant(allowed.first, zone)}. Every address has a page like this one.
        </>
      ),
      path: `/host/${scan.source}`,
      patch: range,
    },
    {
      question: 'Which rule allowed it?',
      answer: (
        <>
          {decodeRule(allowed.rule).name}. Its details show what it allowed, its sources, and the narrowest rule that would have sufficed.
        </>
      ),
      path: '/rules',
      patch: { ...range, rule: allowed.rule, acl: allowed.acl, dir: 'in' },
    },
    {
      question: 'What did the machine do then?',
      answer: (
        <>
          All traffic of {target} from the minute in which {source} was allowed.
        </>
      ),
      path: `/host/${allowed.dst}`,
      patch: after,
    },
    {
      question: 'What left the network?',
      answer: left(incident),
      path: '/',
      patch: { ...after, q: outbound.q, by: 'dst', metric: 'bytes' },
    },
    {
      question: 'Hand it over',
      answer: (
        <>
          These {outbound.top === null ? '' : `${formatCount(outbound.top.tuples)} `}tuples are the evidence; open one to see its raw bytes.
          Press c: the copied link gives the same answer tomorrow.
        </>
      ),
      path: '/explorer',
      patch: { ...after, q: evidence },
    },
  ]
}
