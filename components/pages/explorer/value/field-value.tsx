'use client'

import { formatBytes, formatCount, formatPlural } from '@/components/parts/format/number'
import { decodeRule, shortResource } from '@/components/parts/format/rule'
import { formatClock, formatDate, formatInstant } from '@/components/parts/format/time'
import { Value } from '@/components/parts/value/value'
import { useView } from '@/components/parts/view/use-view'
import { ActionMark } from '@/components/ui/marks/action-mark'
import type { ToldRow } from '@/lib/flow/answer/tuples/tuples'
import { type ColumnField, type EndContextField, isRowField } from '@/lib/flow/fields'
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

function Rule({ rule, tabIndex }: { rule: string; tabIndex: number | undefined }) {
  const { name, kind } = decodeRule(rule)
  return (
    <Value field="rule" value={rule} title={`Rule ${rule}`} tabIndex={tabIndex}>
      {name}
      {kind === 'default' ? <span className="text-faint"> default</span> : null}
    </Value>
  )
}

const COUNTERS = {
  packetsSent: (n: number) => ({ text: formatCount(n), title: `${formatPlural(n, 'packet')} from source to destination` }),
  bytesSent: (n: number) => ({ text: formatBytes(n), title: `${formatPlural(n, 'byte')} from source to destination` }),
  packetsReceived: (n: number) => ({ text: formatCount(n), title: `${formatPlural(n, 'packet')} from destination to source` }),
  bytesReceived: (n: number) => ({ text: formatBytes(n), title: `${formatPlural(n, 'byte')} from destination to source` }),
} as const

/** The context of an end; nothing if unknown. */
function Told({ tuple, field, tabIndex }: { tuple: ToldRow; field: EndContextField; tabIndex: number | undefined }) {
  const cells = [tuple[field] ?? []].flat()
  return (
    <span className="flex min-w-0 gap-1.5">
      {cells.map((cell) => (
        <Value key={cell} field={field} value={String(cell)} tabIndex={tabIndex} />
      ))}
    </span>
  )
}

/** One field of a tuple in a table: a link that filters by it, if the filter language has the field. */
export function FieldValue({
  tuple,
  field,
  names,
  tabIndex,
}: {
  tuple: ToldRow
  field: ColumnField
  /** Names of flow logs by id. */
  names: ReadonlyMap<string, string>
  tabIndex?: number
}) {
  if (!isRowField(field)) return <Told tuple={tuple} field={field} tabIndex={tabIndex} />
  switch (field) {
    case 'time':
    case 'recordTime':
      return <Time time={tuple[field]} />
    case 'dir':
      return (
        <Value field="dir" value={tuple.dir} tabIndex={tabIndex} className="flex">
          <DirectionSign dir={tuple.dir} />
        </Value>
      )
    case 'action':
      return (
        <Value field="action" value={tuple.action} tabIndex={tabIndex} className="inline-flex">
          <ActionMark action={tuple.action} />
        </Value>
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
      if (value !== null) return <Value field={field} value={value} tabIndex={tabIndex} />
      const why = field === 'state' ? 'this log has no states' : 'this log says nothing about encryption'
      return (
        <Value field={field} value="none" title={why} tabIndex={tabIndex}>
          –
        </Value>
      )
    }
    case 'rule':
      return tuple.rule === '' ? <Unmeasured why="no rule was logged" /> : <Rule rule={tuple.rule} tabIndex={tabIndex} />
    case 'acl':
      if (tuple.acl === '') return <Unmeasured why="no ACL was logged" />
      return (
        <Value field="acl" value={tuple.acl} tabIndex={tabIndex}>
          {shortResource(tuple.acl)}
        </Value>
      )
    case 'mac':
      return tuple.mac === '' ? <Unmeasured why="no NIC was logged" /> : <Value field="mac" value={tuple.mac} tabIndex={tabIndex} />
    case 'log': {
      const name = names.get(tuple.log)
      return (
        <Value field="log" value={tuple.log} tabIndex={tabIndex}>
          {name ?? tuple.log}
        </Value>
      )
    }
    case 'id':
      return <span className="data truncate">{tuple.id}</span>
    default:
      return <Value field={field} value={String(tuple[field])} tabIndex={tabIndex} ends={tuple} whois="short" />
  }
}
