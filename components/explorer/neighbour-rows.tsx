'use client'

import { useAnswer } from '@/components/answer/use-answer'
import { buttonClass } from '@/components/ui/button'
import { ViewLink } from '@/components/view/view-link'
import type { TupleRow } from '@/lib/flow/answers'
import { MINUTE } from '@/lib/flow/bucket'
import { writeInstant } from '@/lib/link/instant'
import { RowList } from './row-list'

/** Rows listed at first; the table has the rest. */
const NEAREST = '20'

/** What else the network card saw within a minute of the open tuple. The page's filter does not hide any. */
export function NeighbourRows({ of }: { of: TupleRow }) {
  const answered = useAnswer(`tuples/${of.id}/neighbours`, { q: '', limit: NEAREST })
  const t = Date.parse(of.time)
  const around = { from: writeInstant(t - MINUTE), to: writeInstant(t + MINUTE + 1), last: null }
  return (
    <RowList
      title="Same network card, within a minute"
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
