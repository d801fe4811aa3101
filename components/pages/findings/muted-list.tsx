'use client'

import { LevelMark } from '@/components/parts/findings/level-mark'
import { formatPlural } from '@/components/parts/format/number'
import { formatInstant } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import type { FindingsAnswer } from '@/lib/flow/answer/traffic/findings'
import { useMutes, useUnmute } from './use-mutes'

type Row = FindingsAnswer['mutedRows'][number]

/** Lists the muted findings, with owner, reason and end of each mute, and a button that deletes it. */
export function MutedList({ rows }: { rows: readonly Row[] }) {
  const { zone } = useView()
  const { data } = useMutes(rows.length > 0)
  const unmute = useUnmute()
  if (rows.length === 0) return null
  return (
    <details>
      <summary className="flex min-h-7 cursor-pointer items-center text-muted">{formatPlural(rows.length, 'muted finding')}</summary>
      {unmute.error ? (
        <p role="alert" className="text-caution">
          {unmute.error.message}
        </p>
      ) : null}
      <ul className="mt-2 divide-y divide-line/60 rounded-lg border border-line bg-surface">
        {rows.map(({ id, level, sentence, mute: muteId }) => {
          const mute = data?.mutes.find((one) => one.id === muteId)
          return (
            <li key={id} className="flex flex-wrap items-center gap-x-2.5 gap-y-1 px-3 py-2">
              <LevelMark level={level} />
              <span className="min-w-0 flex-1 basis-80 wrap-anywhere">{sentence}.</span>
              {mute === undefined ? null : (
                <span className="text-label text-muted wrap-anywhere">
                  {mute.by === null ? '' : `${mute.by}: `}
                  {mute.why}, {mute.until === null ? 'for ever' : `until ${formatInstant(mute.until, zone)}`}
                </span>
              )}
              {muteId === null ? null : (
                <Button disabled={unmute.isPending} onClick={() => unmute.mutate(muteId)}>
                  Unmute
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </details>
  )
}
