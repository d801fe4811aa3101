'use client'

import { useAnswer } from '@/components/answer/use-answer'
import { shortResource } from '@/components/format/rule'
import { buttonClass } from '@/components/ui/button'
import { ViewLink } from '@/components/view/view-link'
import type { TupleRow } from '@/lib/flow/answers'
import { addTerm } from '@/lib/link/edit'
import { RowList } from './row-list'

const FLOW_FIELDS = ['src', 'sport', 'dst', 'dport', 'proto'] as const

/** The other rows of the open tuple's flow, as all network cards saw it. The page's filter does not hide any. */
export function FlowRows({ of, names }: { of: TupleRow; names: ReadonlyMap<string, string> }) {
  const answered = useAnswer(`tuples/${of.id}/flow`, { q: '' })
  const q = FLOW_FIELDS.reduce((filter, field) => addTerm(filter, field, String(of[field])), '')
  return (
    <RowList
      title="The same flow"
      of={of}
      answered={answered}
      none="The tuple lies outside the range of this page"
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
