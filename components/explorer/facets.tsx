'use client'

import { memo } from 'react'
import { useOptions } from '@/components/view/use-options'
import { useView } from '@/components/view/use-view'
import type { KeyField } from '@/lib/flow/fields'
import { Facet } from './facet'

const FIELDS: readonly KeyField[] = ['action', 'dir', 'src', 'dst', 'dport', 'proto', 'rule', 'log', 'state', 'acl', 'mac', 'enc', 'format']

/** Fields with the values that occur in the view; which of them are open is part of the link. */
export const Facets = memo(function Facets({ names }: { names: ReadonlyMap<string, string> }) {
  const { go } = useView()
  const { options, patch } = useOptions('tuples')
  function toggle(field: KeyField) {
    const open = options.facets.includes(field)
    const facets = FIELDS.filter((other) => (other === field ? !open : options.facets.includes(other)))
    go(patch({ facets }), { replace: true })
  }
  return (
    <div className="divide-y divide-line">
      {FIELDS.map((field) => (
        <Facet key={field} field={field} names={names} open={options.facets.includes(field)} onToggle={() => toggle(field)} />
      ))}
    </div>
  )
})
