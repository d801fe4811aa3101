'use client'

import { useMemo } from 'react'
import { Failed } from '@/components/parts/answer/failed'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { type Answered, useAnswer } from '@/components/parts/answer/use-answer'
import { useBasis } from '@/components/parts/answer/use-basis'
import { BaselineNotice } from '@/components/parts/baseline/baseline-notice'
import { Configured } from '@/components/parts/configured/configured'
import { storiesOf } from '@/components/parts/findings/stories'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'
import { Empty } from '@/components/ui/states/empty'
import { allRead } from '@/lib/flow/answer/all-read'
import type { Finding, FindingsAnswer } from '@/lib/flow/answer/traffic/findings'
import { DEFAULTS, type Thresholds } from '@/lib/flow/finding/facts'
import { FINDING_KINDS, type FindingKind } from '@/lib/flow/finding/kinds'
import { parseThresholds } from '@/lib/flow/finding/thresholds'
import { DAY } from '@/lib/flow/time/bucket'
import { writeDuration } from '@/lib/flow/time/duration'
import { AddFindingButton } from './add-finding-button'
import { KindsTable, type Looked } from './kinds-table'
import { MuteButton } from './mute-button'
import { MutedList } from './muted-list'
import { StoryPanel } from './story-panel'

type Answers = Readonly<Record<FindingKind, Answered<FindingsAnswer>>>

/** Queries each kind separately, so that kinds that are ready are shown first. */
function useKinds(extra: Readonly<Record<string, string>>): Answers {
  const { phase } = useLoad()
  const how = { enabled: phase !== 'reading' }
  return {
    'let-in': useAnswer('findings', { ...extra, kinds: 'let-in' }, how),
    exposed: useAnswer('findings', { ...extra, kinds: 'exposed' }, how),
    beacon: useAnswer('findings', { ...extra, kinds: 'beacon' }, how),
    exfiltration: useAnswer('findings', { ...extra, kinds: 'exfiltration' }, how),
    'fan-out': useAnswer('findings', { ...extra, kinds: 'fan-out' }, how),
    'new-destination': useAnswer('findings', { ...extra, kinds: 'new-destination' }, how),
    'deny-surge': useAnswer('findings', { ...extra, kinds: 'deny-surge' }, how),
    listed: useAnswer('findings', { ...extra, kinds: 'listed' }, how),
    'odd-protocol': useAnswer('findings', { ...extra, kinds: 'odd-protocol' }, how),
    silence: useAnswer('findings', { ...extra, kinds: 'silence' }, how),
  }
}

/** Returns the parameters of the link; invalid ones are reported by the server. */
function readThresholds(text: string): Thresholds {
  try {
    return parseThresholds(text)
  } catch {
    return DEFAULTS
  }
}

const actionsOf = (finding: Finding) => (
  <>
    <AddFindingButton finding={finding} />
    <MuteButton finding={finding} />
  </>
)

function Findings() {
  const { asked } = useView()
  const blocked = useLoad().phase === 'blocked'
  const { options } = useOptions('findings')
  const { baseline, thresholds: text } = options
  const answers = useKinds({
    ...(baseline === 7 * DAY ? {} : { baseline: writeDuration(baseline) }),
    ...(text === '' ? {} : { thresholds: text }),
  })
  const all = FINDING_KINDS.map((kind) => answers[kind])
  const rows = blocked ? [] : all.flatMap(({ data }) => data?.rows ?? [])
  const stories = useMemo(() => storiesOf(rows), [rows])
  const worth = stories.filter(({ level }) => level !== 'low')
  const little = stories.filter(({ level }) => level === 'low')
  const failed = all.find(({ error }) => error !== null)
  const isLooking = !blocked && all.some(({ loading }) => loading)
  const { matched } = useBasis()
  const known = blocked ? undefined : all.find(({ data }) => data !== undefined)?.data
  const looked = Object.fromEntries(
    FINDING_KINDS.map((kind) => {
      const { data, error } = answers[kind]
      return [kind, blocked ? 'no query' : error ? 'failed' : data === undefined ? 'looking' : (data.kinds[0]?.found ?? 0)]
    }),
  ) as Looked
  return (
    <div className="flex flex-col gap-3 px-3 pt-2 pb-4 sm:px-4">
      <h1 className="sr-only">Findings</h1>
      {known ? (
        <BaselineNotice baseline={known.baseline} of="findings">
          What is usual is told from it; each finding says how far that goes.
        </BaselineNotice>
      ) : null}
      {failed?.error ? <Failed message={failed.error.message} requestId={failed.error.requestId} onRetry={failed.retry} /> : null}
      <div aria-live="polite" aria-busy={isLooking} className="flex flex-col gap-3">
        {worth.map((story) => (
          <StoryPanel key={story.address ?? story.findings[0]!.id} story={story} actionsOf={actionsOf} />
        ))}
        {isLooking ? <RowsSkeleton rows={4} height={57} /> : null}
        {blocked ? <Empty title="Filter error: no query run">Correct the filter to see results.</Empty> : null}
        {!isLooking && !failed && worth.length === 0 && known ? (
          <Empty
            title={
              matched === 0 || known.coverage.tuples === 0
                ? asked.filter !== null && known.coverage.tuples > 0
                  ? 'No tuple matches the filter in this range'
                  : 'No tuple in this range'
                : allRead(known.coverage)
                  ? 'Nothing found that deserves a look'
                  : 'Nothing found so far: not all of the range has been read'
            }
          >
            {matched === null && asked.filter !== null
              ? 'The tuples that match the filter'
              : `${formatCount(matched ?? known.coverage.tuples)} tuples`}{' '}
            were looked at for the ten kinds below, with {Math.round(known.baseline.share * 100)} % of the time before to compare with.
          </Empty>
        ) : null}
        {little.length > 0 ? (
          <details>
            <summary className="flex min-h-7 cursor-pointer items-center text-muted">
              {formatPlural(little.length, 'story', 'stories')} of low findings only
            </summary>
            <div className="mt-2 flex flex-col gap-3">
              {little.map((story) => (
                <StoryPanel key={story.address ?? story.findings[0]!.id} story={story} actionsOf={actionsOf} />
              ))}
            </div>
          </details>
        ) : null}
        <MutedList rows={all.flatMap(({ data }) => data?.mutedRows ?? [])} />
      </div>
      <KindsTable looked={looked} thresholds={readThresholds(text)} />
    </div>
  )
}

/** Noteworthy traffic: the findings about each address as one story. */
export function FindingsPage() {
  return (
    <Configured>
      <Findings />
    </Configured>
  )
}
