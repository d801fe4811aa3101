'use client'

import { useRef, useState } from 'react'
import { DoubledBytes } from '@/components/parts/counters/doubled-bytes'
import { useMedia } from '@/components/ui/size/use-media'
import { useWidth } from '@/components/ui/size/use-width'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import type { PathMetric } from '@/lib/flow/field/metric'
import { Flow } from './flow'
import type { MarkedPart } from './mark'
import { PathTable } from './path-table'
import { Readout } from './readout'
import { useSteady } from './use-steady'

/** Minimum distance of columns before the picture scrolls; on a phone it fits, and the list below it has the whole names. Pixels. */
const LEAST_STEP = 190

/** The picture of the paths, with its figures and its table. */
export function FlowPanel({
  data: answered,
  metric,
  plot,
}: {
  data: PathsAnswer
  metric: PathMetric
  plot: React.RefObject<HTMLDivElement | null>
}) {
  const data = useSteady(answered)
  const [mark, setMark] = useState<MarkedPart | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const columns = data.values.length
  const least = useMedia('(min-width: 640px)') ? (columns - 1) * LEAST_STEP : 0
  return (
    <div className="grid xl:grid-cols-[minmax(0,1fr)_620px] lg:grid-cols-[minmax(0,1fr)_560px] *:min-w-0">
      <div>
        <Readout data={data} metric={metric} mark={mark} />
        <div ref={frame} className="mx-3 overflow-x-auto pb-2">
          <div ref={plot} className="w-fit">
            {width > 0 ? <Flow data={data} metric={metric} width={Math.max(width, least)} mark={mark} onMark={setMark} /> : null}
          </div>
        </div>
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 pb-2 text-label text-faint">
          <span className="flex items-center gap-1.5">
            <span aria-hidden="true" className="size-2.5 rounded-[2px] bg-allow-fill" /> allowed
          </span>
          <span className="flex items-center gap-1.5">
            <span aria-hidden="true" className="hatched size-2.5 rounded-[2px] bg-deny-fill" /> denied, hatched
          </span>
          <span>tips point to where it goes; the thinnest bands are drawn wider than they are</span>
          <span className="max-md:hidden">click: only this · alt-click: without it · double click: what is inside</span>
          {metric === 'bytes' ? <DoubledBytes /> : null}
        </p>
      </div>
      {/* As high as the picture beside it. */}
      <div className="relative border-line max-lg:border-t lg:border-l">
        <div className="overflow-y-auto overscroll-contain lg:absolute lg:inset-0">
          <PathTable data={data} metric={metric} onMark={setMark} />
        </div>
      </div>
    </div>
  )
}
