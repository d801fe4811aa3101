'use client'

import { CalendarClock, ChevronDown, ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from 'lucide-react'
import { useState } from 'react'
import { useBasis } from '@/components/parts/answer/use-basis'
import { formatRange } from '@/components/parts/format/time'
import { useKey } from '@/components/parts/keys/use-key'
import { useView } from '@/components/parts/view/use-view'
import { askedNow } from '@/components/parts/view/view-provider'
import { Button, IconButton } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/marks/skeleton'
import { Popover } from '@/components/ui/popover'
import { presetName } from './presets'
import { RangeForm } from './range-form'
import { isCurrent, rangePatch, shiftRange, type TimeSpan, untilNow, zoomRange } from './range-math'
import { useRange } from './use-range'

/** The range of the question, with buttons to shift, zoom and choose another. */
export function TimeRange() {
  const { asked, problem, zone, go } = useView()
  const range = useRange()
  const { failed } = useBasis()
  const [open, setOpen] = useState(false)
  const move = (to: (range: TimeSpan) => TimeSpan) => () => {
    const { range: now } = askedNow()
    const from = now.kind === 'fixed' && now.to !== null ? { from: now.from, to: now.to } : range
    const instant = Date.now()
    const next = from && to(from)
    if (next && !(isCurrent(from, instant) && next.from >= instant)) go(rangePatch(untilNow(next, instant)))
  }
  const back = move((now) => shiftRange(now, -1, zone))
  const on = move((now) => shiftRange(now, 1, zone))
  const out = move((now) => zoomRange(now, 2))
  const into = move((now) => zoomRange(now, 0.5))
  useKey({ keys: 't', does: 'time range', group: 'Ask' }, () => setOpen(true))
  useKey({ keys: '[', does: 'previous window', group: 'Ask' }, back)
  useKey({ keys: ']', does: 'next window', group: 'Ask' }, on)
  useKey({ keys: '-', does: 'zoom out', group: 'Ask' }, out)
  useKey({ keys: '+', does: 'zoom in', group: 'Ask' }, into)
  const preset = presetName(asked.range)

  return (
    <div className="flex min-w-0 flex-1 items-center gap-1">
      <IconButton label="Previous window ([)" look="plain" className="h-8" disabled={!range} onClick={back}>
        <ChevronLeft aria-hidden="true" size={15} />
      </IconButton>
      <Popover
        label="Time range"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button className="h-8 min-w-0 flex-1 justify-start max-sm:px-2 md:min-w-78" title="Time range (t)">
            <CalendarClock aria-hidden="true" size={14} className="shrink-0 text-muted max-sm:hidden" />
            {range ? (
              <span className="data truncate text-left max-sm:text-[10px] max-sm:leading-3 max-sm:whitespace-normal">
                {formatRange(range.from, range.to, zone)}
              </span>
            ) : problem || failed ? (
              <span className="text-muted">not resolved</span>
            ) : (
              <Skeleton className="h-3 w-56" />
            )}
            {preset ? <span className="font-normal text-muted max-lg:hidden">{preset}</span> : null}
            <ChevronDown aria-hidden="true" size={12} className="ml-auto shrink-0 text-muted max-sm:hidden" />
          </Button>
        }
      >
        <RangeForm range={range} onDone={() => setOpen(false)} />
      </Popover>
      <IconButton label="Next window (])" look="plain" className="h-8" disabled={!range || isCurrent(range, Date.now())} onClick={on}>
        <ChevronRight aria-hidden="true" size={15} />
      </IconButton>
      <IconButton label="Zoom out (-)" look="plain" className="h-8 max-sm:hidden" disabled={!range} onClick={out}>
        <ZoomOut aria-hidden="true" size={15} />
      </IconButton>
      <IconButton label="Zoom in (+)" look="plain" className="h-8 max-sm:hidden" disabled={!range} onClick={into}>
        <ZoomIn aria-hidden="true" size={15} />
      </IconButton>
    </div>
  )
}
