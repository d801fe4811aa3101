'use client'

import { useLoad } from '@/components/parts/answer/load/load-provider'
import { ReadButton } from '@/components/parts/answer/load/read-button'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { useBasis } from '@/components/parts/answer/use-basis'
import { OnceFact } from '@/components/parts/counters/once-fact'
import { formatCount } from '@/components/parts/format/number'
import { formatClock, formatDate, formatInstant, zoneSign } from '@/components/parts/format/time'
import { NotLogged } from '@/components/parts/not-logged/not-logged'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { late } from '@/components/ui/late'
import { Skeleton } from '@/components/ui/marks/skeleton'
import { Fact, Facts } from './facts'
import { LossFact } from './loss-fact'
import { ReadingStatus } from './reading-status'

const AskToRead = late(() => import('./ask-to-read').then((part) => part.AskToRead), {
  loading: () => <div className="h-7" />,
})

function Newest() {
  const { zone } = useView()
  const { view } = useBasis()
  const row = useAnswer('tuples', { limit: '1' }).data?.rows[0]
  if (row === undefined) return null
  const newest = Date.parse(row.time)
  const sameDay = view !== null && formatDate(Date.parse(view.to) - 1, zone) === formatDate(newest, zone)
  const text = sameDay ? `${formatClock(newest, zone)} ${zoneSign(newest, zone)}` : formatInstant(newest, zone)
  return <Fact title={`latest tuple of the view: ${formatInstant(newest, zone)}`} name="latest" value={text} />
}

/** The basis of the figures, or the progress while reading. */
export function StatusLine() {
  const { phase, progress, plan, resume } = useLoad()
  const { coverage, matched, asking, failed } = useBasis()
  if (phase === 'blocked') return <div className="h-7" />
  if (phase === 'asking' && plan !== null) return <AskToRead plan={plan} />
  if (phase === 'reading') return <ReadingStatus progress={progress} />
  if (failed) return <p className="flex h-7 items-center text-label text-caution">Totals unavailable</p>
  if (coverage === null || matched === null) {
    return (
      <div className="flex h-7 items-center">
        <Skeleton className="h-3 w-80 max-w-[60vw]" />
      </div>
    )
  }
  const { blobs, blobsRead, tuples } = coverage
  const mayRead = phase === 'cancelled' || phase === 'unstarted' || (phase !== 'starting' && !asking && blobsRead < blobs)
  return (
    <Facts>
      <Fact
        title={`${formatCount(matched)} tuples match the range and the filter; ${formatCount(tuples)} are in the blobs read for it`}
        value={`${formatCount(matched)} of ${formatCount(tuples)}`}
        name="tuples"
        after
      />
      <Fact value={`${formatCount(blobsRead)} of ${formatCount(blobs)}`} name="blobs" after caution={blobsRead < blobs} />
      <Newest />
      <LossFact coverage={coverage} />
      <OnceFact />
      <li>
        <NotLogged />
      </li>
      {mayRead ? <li>{plan === null ? <Button onClick={resume}>Read the rest</Button> : <ReadButton plan={plan} />}</li> : null}
    </Facts>
  )
}
