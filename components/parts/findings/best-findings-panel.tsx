'use client'

import Link from 'next/link'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { formatPlural } from '@/components/parts/format/number'
import { useView } from '@/components/parts/view/use-view'
import { buttonClass } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { LevelMark } from './level-mark'
import { storiesOf } from './stories'

const SHOWN = 3

/** The three best stories of the view; nothing where nothing deserves a look. */
export function BestFindingsPanel() {
  const { href } = useView()
  const { phase } = useLoad()
  const { data, stale } = useAnswer('findings', {}, { enabled: phase !== 'reading' })
  const worth = (data?.rows ?? []).filter(({ level }) => level !== 'low')
  if (data === undefined || worth.length === 0) return null
  const stories = storiesOf(worth)
  return (
    <Panel
      title="Worth a look"
      stale={stale}
      actions={
        <Link href={href({}, '/findings')} prefetch={false} className={buttonClass('ghost')}>
          {formatPlural(data.rows.length, 'finding')}
        </Link>
      }
    >
      <ol className="flex flex-col divide-y divide-line/60">
        {stories.slice(0, SHOWN).map(({ address, level, text, findings }) => (
          <li key={address ?? findings[0]!.id} className="flex min-h-9 flex-wrap items-baseline gap-x-2.5 px-3 py-1.5">
            <LevelMark level={level} />
            {address === null ? null : <span className="data font-semibold">{address}</span>}
            <Link href={href({}, '/findings')} prefetch={false} className="min-w-0 flex-1 basis-80 wrap-anywhere hover:underline">
              {text}
            </Link>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
