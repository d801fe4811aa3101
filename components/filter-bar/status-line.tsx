'use client'

import { useLoad } from '@/components/answer/load-provider'
import { ReadButton } from '@/components/answer/read-button'
import { useAnswer } from '@/components/answer/use-answer'
import { useBasis } from '@/components/answer/use-basis'
import { OnceFact } from '@/components/counters/once-fact'
import { formatCount } from '@/components/format/number'
import { formatClock, formatDate, formatInstant, zoneSign } from '@/components/format/time'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { useView } from '@/components/view/use-view'
import { AskToRead } from './ask-to-read'
import { Fact, Facts } from './facts'
import { ReadingStatus } from './reading-status'

function Newest() {
  const { zone } = useView()
  const { view } = useBasis()
  const row = useAnswer('tuples', { limit: '1' }).data?.rows[0]
  if (row === undefined) return null
  const newest = Date.parse(row.time)
  const sameDay = view !== null && formatDate(Date.parse(view.to) - 1, zone) === formatDate(newest, zone)
  const text = sameDay ? `${formatClock(newest, zone)} ${zoneSign(newest, zone)}` : formatInstant(newest, zone)
  return <Fact title={`newest tuple of the view: ${formatInstant(newest, zone)}`} name="newest" value={text} />
}

/** What the figures rest on; while reading, how far it is. */
export function StatusLine() {
  const { href } = useView()
  const { phase, progress, plan, resume } = useLoad()
  const { coverage, matched, failed } = useBasis()
  if (phase === 'blocked') return <div className="h-7" />
  if (phase === 'asking' && plan !== null) return <AskToRead plan={plan} />
  if (phase === 'reading' && progress !== null && !progress.done) return <ReadingStatus progress={progress} />
  if (failed) return <p className="flex h-7 items-center text-label text-caution">No answer to count from</p>
  if (coverage === null || matched === null) {
    return (
      <div className="flex h-7 items-center">
        <Skeleton className="h-3 w-80 max-w-[60vw]" />
      </div>
    )
  }
  const { blobs, blobsRead, tuples, malformed } = coverage
  return (
    <Facts>
      <Fact
        title={`${formatCount(matched)} tuples match the range and the filter; ${formatCount(tuples)} lie in the blobs that were read for it`}
        value={`${formatCount(matched)} of ${formatCount(tuples)}`}
        name="tuples"
        after
      />
      <Fact value={`${formatCount(blobsRead)} of ${formatCount(blobs)}`} name="blobs" after caution={blobsRead < blobs} />
      <Newest />
      <Fact
        title="tuples and records that could not be understood; the coverage page lists them"
        value={formatCount(malformed)}
        name="rejected"
        after
        caution={malformed > 0}
        href={href({}, '/coverage')}
      />
      <OnceFact />
      {phase === 'cancelled' || phase === 'unstarted' ? (
        <li>{plan === null ? <Button onClick={resume}>Read the rest</Button> : <ReadButton plan={plan} />}</li>
      ) : null}
    </Facts>
  )
}
