'use client'

import { memo } from 'react'
import { DirectionSign } from '@/components/pages/explorer/value/direction-sign'
import { decodeRule } from '@/components/parts/format/rule'
import { formatInstant, type Zone } from '@/components/parts/format/time'
import { ActionMark } from '@/components/ui/marks/action-mark'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { formatBytes } from '@/lib/flow/text/bytes'
import { serviceName } from '@/lib/flow/tuple/services'
import { NarrowEnds } from './narrow-ends'
import { type RowActs, RowFrame, type RowState } from './row-frame'

/** Width of the checkbox of a row: large enough for a finger. Pixels. */
export const NARROW_SELECT = 36

/** One tuple in three or four lines, for screens without room for columns. */
export const NarrowRow = memo(function NarrowRow({ tuple, zone, ...frame }: RowState & RowActs & { tuple: TupleRow; zone: Zone }) {
  const { time, action, dir, proto, state, src, dst, sport, dport, rule, bytesSent, bytesReceived } = tuple
  const volume = bytesSent === null && bytesReceived === null ? null : (bytesSent ?? 0) + (bytesReceived ?? 0)
  const service = serviceName(dport)
  const { name } = decodeRule(rule)
  return (
    <RowFrame {...frame} id={tuple.id} tint="bg-surface hover:bg-hover" selectWidth={NARROW_SELECT}>
      <td aria-colindex={2} className="flex min-w-0 flex-col justify-center pr-3">
        <span className="flex min-w-0 items-center gap-1.5 text-label">
          <ActionMark action={action} />
          <span className="data shrink-0 text-ink">{formatInstant(time, zone)}</span>
          {volume === null ? null : <span className="data ml-auto shrink-0 text-muted">{formatBytes(volume)}</span>}
        </span>
        <NarrowEnds {...{ src, sport, dst, dport }} />
        <span className="flex min-w-0 gap-1.5 whitespace-nowrap text-label text-muted">
          <span className="shrink-0">
            <DirectionSign dir={dir} /> · {[proto, service].filter(Boolean).join(' ')}
            {state === null ? null : ` · ${state}`} ·
          </span>
          <span className="min-w-0 truncate" title={`Rule ${rule}`}>
            {name}
          </span>
        </span>
      </td>
    </RowFrame>
  )
})
