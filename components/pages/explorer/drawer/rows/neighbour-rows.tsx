'use client'

import { useAnswer } from '@/components/parts/answer/use-answer'
import { ViewLink } from '@/components/parts/view/view-link'
import { buttonClass } from '@/components/ui/button'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { MINUTE } from '@/lib/flow/time/bucket'
import { writeInstant } from '@/lib/link/keys/instant'
import { RowList } from './row-list'

/** Rows listed here; the table has the rest. */
const NEAREST = '20'

/** Other tuples of the same NIC within a minute of the open one. Ignores the page's filter. */
export function NeighbourRows({ of }: { of: TupleRow }) {
  const answered = useAnswer(`tuples/${of.id}/neighbours`, { q: '', limit: NEAREST })
  const t = Date.parse(of.time)
  const around = { from: writeInstant(t - MINUTE), to: writeInstant(t + MINUTE + 1), last: null }
  return (
    <RowList
      title="Same NIC, within a minute"
      of={of}
      answered={answered}
      none="Nothing else within a minute"
      actions={
        <ViewLink
          className={buttonClass('ghost')}
          patch={{ ...around, q: of.mac === '' ? `log:"${of.log}"` : `mac:${of.mac}`, sort: 'time' }}
        >
          All in the table
        </ViewLink>
      }
      detail={({ dir, src, dst, dport, proto }) => (dir === 'in' ? `${src} → :${dport} ${proto}` : `→ ${dst}:${dport} ${proto}`)}
    />
  )
}
