'use client'

import { useAnswer } from '@/components/parts/answer/use-answer'
import { shortResource } from '@/components/parts/format/resource'
import { ViewLink } from '@/components/parts/view/view-link'
import { buttonClass } from '@/components/ui/button'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { addTerm } from '@/lib/link/editing/edit'
import { RowList } from './row-list'

const FLOW_FIELDS = ['src', 'sport', 'dst', 'dport', 'proto'] as const

/** The other rows of the open tuple's flow, from all NICs. Ignores the page's filter. */
export function FlowRows({ of, names }: { of: TupleRow; names: ReadonlyMap<string, string> }) {
  const answered = useAnswer(`tuples/${of.id}/flow`, { q: '' })
  const q = FLOW_FIELDS.reduce((filter, field) => addTerm(filter, field, String(of[field])), '')
  return (
    <RowList
      title="The same flow"
      of={of}
      answered={answered}
      none="The tuple is outside the range of this page"
      actions={
        <ViewLink className={buttonClass('ghost')} patch={{ q, sort: 'time' }}>
          All in the table
        </ViewLink>
      }
      detail={({ mac, log, acl }) =>
        [mac, names.get(log) ?? log, acl === of.acl ? '' : shortResource(acl)].filter((text) => text !== '').join(' · ')
      }
    />
  )
}
