'use client'

import { formatCount, formatPlural } from '@/components/parts/format/number'
import { decodeRule } from '@/components/parts/format/rule'
import { formatClock, formatDate, formatInstant } from '@/components/parts/format/time'
import { GridValue } from '@/components/parts/value/grid/grid-value'
import { Value } from '@/components/parts/value/value'
import { useView } from '@/components/parts/view/use-view'
import { ActionMark } from '@/components/ui/marks/action-mark'
import type { ToldRow } from '@/lib/flow/answer/tuples/tuples'
import { type ColumnField, type EndContextField, isRowField } from '@/lib/flow/field/fields'
import { formatBytes } from '@/lib/flow/text/bytes'
import { DirectionSign } from './direction-sign'
import { Unmeasured } from './unmeasured'

function Time({ time }: { time: string }) {
  const { zone } = useView()
  return (
    <time dateTime={time} title={formatInstant(time, zone)} className="data whitespace-nowrap">
      <span className="text-faint">{formatDate(time, zone)}</span> {formatClock(time, zone)}
    </time>
  )
}

type Shown = typeof Value | typeof GridValue

function Rule({ rule, Shown }: { rule: string; Shown: Shown }) {
  const { name, kind } = decodeRule(rule)
  return (
    <Shown field="rule" value={rule} title={`Rule ${rule}`}>
      {name}
      {kind === 'default' ? <span className="text-faint"> default</span> : null}
    </Shown>
  )
}

const COUNTERS = {
  packetsSent: (n: number) => ({ text: formatCount(n), title: `${formatPlural(n, 'packet')} from source to destination` }),
  bytesSent: (n: number) => ({ text: formatBytes(n), title: `${formatPlural(n, 'byte')} from source to destination` }),
  packetsReceived: (n: number) => ({ text: formatCount(n), title: `${formatPlural(n, 'packet')} from destination to source` }),
  bytesReceived: (n: number) => ({ text: formatBytes(n), title: `${formatPlural(n, 'byte')} from destination to source` }),
} as const

/** The context of an end; nothing if unknown. */
function Told({ tuple, field, Shown }: { tuple: ToldRow; field: EndContextField; Shown: Shown }) {
  const cells = [tuple[field] ?? []].flat()
  return (
    <span className="flex min-w-0 gap-1.5">
      {cells.map((cell) => (
        <Shown key={cell} field={field} value={String(cell)} />
      ))}
    </span>
  )
}

/** One field of a tuple: a link that filters by it, if the filter language has the field. */
export function FieldValue({
  tuple,
  field,
  names,
  inGrid = false,
}: {
  tuple: ToldRow
  field: ColumnField
  /** Names of flow logs by id. */
  names: ReadonlyMap<string, string>
  /** True in a cell of the grid, which acts for its values. */
  inGrid?: boolean
}) {
  const Shown = inGrid ? GridValue : Value
  if (!isRowField(field)) return <Told tuple={tuple} field={field} Shown={Shown} />
  switch (field) {
    case 'time':
    case 'recordTime':
      return <Time time={tuple[field]} />
    case 'dir':
      return (
        <Shown field="dir" value={tuple.dir}>
          <DirectionSign dir={tuple.dir} />
        </Shown>
      )
    case 'action':
      return (
        <Shown field="action" value={tuple.action} className="inline-flex">
          <ActionMark action={tuple.action} />
        </Shown>
      )
    case 'packetsSent':
    case 'bytesSent':
    case 'packetsReceived':
    case 'bytesReceived': {
      const n = tuple[field]
      if (n === null) return <Unmeasured why="not measured in this row" />
      const { text, title } = COUNTERS[field](n)
      return (
        <span className="data truncate" title={title}>
          {text}
        </span>
      )
    }
    case 'state':
    case 'enc': {
      const value = tuple[field]
      if (value !== null) return <Shown field={field} value={value} />
      const why = field === 'state' ? 'this log has no states' : 'this log says nothing about encryption'
      return (
        <Shown field={field} value="none" title={why}>
          –
        </Shown>
      )
    }
    case 'rule':
      return tuple.rule === '' ? <Unmeasured why="no rule was logged" /> : <Rule rule={tuple.rule} Shown={Shown} />
    case 'acl':
      if (tuple.acl === '') return <Unmeasured why="no ACL was logged" />
      return <Shown field="acl" value={tuple.acl} />
    case 'mac':
      return tuple.mac === '' ? <Unmeasured why="no NIC was logged" /> : <Shown field="mac" value={tuple.mac} />
    case 'log': {
      const name = names.get(tuple.log)
      return (
        <Shown field="log" value={tuple.log}>
          {name ?? tuple.log}
        </Shown>
      )
    }
    case 'id':
      return <span className="data truncate">{tuple.id}</span>
    default:
      return inGrid ? (
        <GridValue field={field} value={String(tuple[field])} />
      ) : (
        <Value field={field} value={String(tuple[field])} ends={tuple} whois="short" />
      )
  }
}
