'use client'

import type { ReactNode } from 'react'
import { Failed } from '@/components/parts/answer/failed'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { formatInstant } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'
import { classNames } from '@/components/ui/class-names'
import { CodeLine } from '@/components/ui/code-line'
import { Badge } from '@/components/ui/marks/badge'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'
import { Panel } from '@/components/ui/panel'
import { Empty } from '@/components/ui/states/empty'
import type { ContextSet } from '@/lib/flow/answer/traffic/context'

const KINDS: Readonly<Record<NonNullable<ContextSet['kind']>, { name: string; entries: string; many?: string }>> = {
  asn: { name: 'networks (ASN)', entries: 'range' },
  country: { name: 'countries', entries: 'range' },
  tag: { name: 'service tags', entries: 'prefix', many: 'prefixes' },
  list: { name: 'list', entries: 'range' },
  name: { name: 'names', entries: 'name' },
  inventory: { name: 'inventory', entries: 'NIC' },
  rules: { name: 'rules', entries: 'NSG' },
}

function Refused({ refused }: Pick<ContextSet, 'refused'>) {
  const total = refused.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return null
  return (
    <details className="text-label">
      <summary className="min-h-7 cursor-default text-caution hover:text-ink">{formatCount(total)} refused</summary>
      <ul className="pb-1.5">
        {refused.map(({ reason, count, line, sample }) => (
          <li key={reason} className="wrap-anywhere">
            {formatCount(count)} × {reason}
            {line === null ? '' : `, first in line ${line}`}
            {sample === null ? null : (
              <>
                : <span className="data">{sample}</span>
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** Shape of the file and its rejected entries, or the reason why it was not read. */
function About({ set: { kind, about, refused } }: { set: ContextSet }) {
  if (kind === null) return <p className="text-caution">{refused[0]?.reason}</p>
  return (
    <>
      {about}
      <Refused refused={refused} />
    </>
  )
}

function Written({ set: { modified, sha256 } }: { set: ContextSet }) {
  const { zone } = useView()
  return (
    <>
      {modified === null ? null : <time dateTime={modified}>{formatInstant(modified, zone)}</time>}
      {sha256 === '' ? null : (
        <span className="block text-faint" title={`SHA-256 ${sha256}`}>
          {sha256.slice(0, 12)}
        </span>
      )}
    </>
  )
}

function Row({ set }: { set: ContextSet }) {
  const { file, kind, name, entries } = set
  return (
    <tr className="border-b border-line/60 align-top last:border-0 hover:bg-hover">
      <th scope="row" className="px-3 py-2 text-left font-medium wrap-anywhere">
        {file}
        {name === '' || file.startsWith(name) ? null : <span className="block text-label font-normal text-muted">{name}</span>}
        <div className="text-label font-normal text-muted md:hidden">
          <About set={set} />
          <span className="data block">
            <Written set={set} />
          </span>
        </div>
      </th>
      <td className="px-3 py-2">{kind === null ? <Badge tone="deny">not read</Badge> : KINDS[kind].name}</td>
      <td className="data px-3 py-2 text-right whitespace-nowrap">
        {kind === null ? null : formatPlural(entries, KINDS[kind].entries, KINDS[kind].many)}
      </td>
      <td className="px-3 py-2 text-muted wrap-anywhere max-md:hidden">
        <About set={set} />
      </td>
      <td className="data px-3 py-2 text-label whitespace-nowrap text-muted max-md:hidden">
        <Written set={set} />
      </td>
    </tr>
  )
}

/** Columns that narrow screens show below the file are `wide`. */
const HEADS: readonly { name: string; right?: true; wide?: true }[] = [
  { name: 'File' },
  { name: 'Tells' },
  { name: 'Entries', right: true },
  { name: 'What it is', wide: true },
  { name: 'Written', wide: true },
]

function Sets({ sets }: { sets: readonly ContextSet[] }) {
  if (sets.length === 0) {
    return (
      <div className="flex flex-col items-center pb-4">
        <Empty title="No context files">
          Names, countries, networks and lists of addresses come from files that you have. Put them into a folder and name it when Flowlens
          starts; nothing is fetched from anywhere.
        </Empty>
        <CodeLine>FLOWLENS_CONTEXT=./context npm start</CodeLine>
      </div>
    )
  }
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse">
        <thead>
          <tr className="border-b border-line text-label text-muted">
            {HEADS.map(({ name, right, wide }) => (
              <th
                key={name}
                scope="col"
                className={classNames('px-3 py-1.5 font-medium', right ? 'text-right' : 'text-left', wide && 'max-md:hidden')}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sets.map((set) => (
            <Row key={set.id} set={set} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Credits({ sets }: { sets: readonly ContextSet[] }): ReactNode {
  const credits = [...new Set(sets.flatMap(({ credit }) => credit ?? []))]
  if (credits.length === 0) return null
  return (
    <Panel title="Credits">
      <ul className="px-3 py-2">
        {credits.map((credit) => (
          <li key={credit} className="wrap-anywhere">
            {credit}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** The context files: their entries, last writes, rejected entries, and the attribution of their data. */
export function ContextPage() {
  const { data, error, retry } = useAnswer('context')
  return (
    <div className="flex flex-col gap-3 px-3 pt-3 pb-4 sm:px-4">
      <h1 className="sr-only">Context</h1>
      <Panel title="Context files" note={<span className="text-label text-muted">read again within 20 seconds when they change</span>}>
        {error ? (
          <Failed message={error.message} requestId={error.requestId} onRetry={retry} />
        ) : data === undefined ? (
          <RowsSkeleton rows={6} height={42} head />
        ) : (
          <Sets sets={data.sets} />
        )}
      </Panel>
      {data === undefined ? null : <Credits sets={data.sets} />}
    </div>
  )
}
