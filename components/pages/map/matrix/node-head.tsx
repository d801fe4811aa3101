import { memo } from 'react'
import { formatCount } from '@/components/parts/format/number'
import { valueText } from '@/components/parts/format/value-text'
import { Value } from '@/components/parts/value/value'
import { Whois } from '@/components/parts/whois/whois'
import { fieldOf, type KeyField } from '@/lib/flow/field/fields'
import type { Node } from './cells'

/** The name of a row or a column; `rest` is the number of values that `other` stands for. */
export const NodeHead = memo(function NodeHead({ node, field, rest }: { node: Node; field: KeyField; rest: number }) {
  if (node.other) return <span className="text-muted">other ({formatCount(rest)})</span>
  const value = (
    <Value field={field} value={node.value} whois="none" fills>
      {valueText(field, node.value)}
    </Value>
  )
  if (fieldOf(field).type !== 'address') return value
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-1.5">
      <Whois address={node.value} short />
      {value}
    </span>
  )
})
