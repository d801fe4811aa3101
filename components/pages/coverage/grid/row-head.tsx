'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { formatPlural } from '@/components/parts/format/number'
import { Value } from '@/components/parts/value/value'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { IconButton } from '@/components/ui/button'
import type { GridRow } from './rows'

/** The head of a row: a log, which can be folded, or a NIC with its addresses. */
export function RowHead({ row, name, addresses }: { row: GridRow; name: string; addresses: readonly string[] }) {
  const { go } = useView()
  const { options, patch } = useOptions('coverage')
  if (row.kind === 'log') {
    const { fold } = options
    const Sign = row.folded ? ChevronRight : ChevronDown
    const toggle = () => go(patch({ fold: row.folded ? fold.filter((log) => log !== row.log) : [...fold, row.log] }), { replace: true })
    return (
      <>
        <IconButton label={`${row.folded ? 'Unfold' : 'Fold'} ${name}`} aria-expanded={!row.folded} tabIndex={-1} onClick={toggle}>
          <Sign aria-hidden="true" size={14} />
        </IconButton>
        <Value field="log" value={row.log} title={row.log} className="font-semibold max-sm:text-[10px]" tabIndex={-1}>
          {name}
        </Value>
        <span className="ml-auto pl-2 text-label whitespace-nowrap text-muted max-sm:hidden">{formatPlural(row.nics, 'NIC')}</span>
      </>
    )
  }
  if (row.mac === '') return <span className="truncate pl-7 text-muted">loose files</span>
  const [first, ...more] = addresses
  return (
    <>
      <span className="flex min-w-0 pl-7 max-sm:pl-1">
        <Value field="mac" value={row.mac} tabIndex={-1} />
      </span>
      {first ? (
        <span
          className="data ml-auto truncate pl-2 text-label text-muted max-sm:hidden"
          title={`destinations of inbound tuples: ${addresses.join(', ')}`}
        >
          {first}
          {more.length > 0 ? ` +${more.length}` : ''}
        </span>
      ) : null}
    </>
  )
}
