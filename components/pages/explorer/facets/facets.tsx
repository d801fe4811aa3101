'use client'

import { memo } from 'react'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { useContextNames } from '@/components/parts/whois/use-whois'
import { fieldOf, type KeyField } from '@/lib/flow/field/fields'
import { Facet } from './facet'

const FIELDS: readonly KeyField[] = [
  ...(['action', 'dir', 'list', 'src', 'src.name', 'src.country', 'src.org', 'src.tag', 'src.subnet'] as const),
  ...(['dst', 'dst.name', 'dst.country', 'dst.org', 'dst.tag', 'dst.subnet'] as const),
  ...(['dport', 'proto', 'rule', 'log', 'state', 'acl', 'mac', 'enc', 'format'] as const),
]

/** Fields with the values that occur in the view; the link contains the open ones. */
export const Facets = memo(function Facets({ names }: { names: ReadonlyMap<string, string> }) {
  const { go } = useView()
  const { options, patch } = useOptions('tuples')
  const told = useContextNames()
  const fields = FIELDS.filter((field) => {
    const { context } = fieldOf(field)
    return context === undefined || told.includes(context.name) || options.facets.includes(field)
  })
  function toggle(field: KeyField) {
    const open = options.facets.includes(field)
    const facets = fields.filter((other) => (other === field ? !open : options.facets.includes(other)))
    go(patch({ facets }), { replace: true })
  }
  return (
    <div className="divide-y divide-line">
      {fields.map((field) => (
        <Facet key={field} field={field} names={names} open={options.facets.includes(field)} onToggle={() => toggle(field)} />
      ))}
    </div>
  )
})
