'use client'

import { ListTree } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { LevelMark } from '@/components/parts/findings/level-mark'
import { showHref } from '@/components/parts/findings/show-href'
import { momentOf } from '@/components/parts/findings/stories'
import { formatPlural } from '@/components/parts/format/number'
import { formatInstant, formatSecond } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'
import { buttonClass } from '@/components/ui/button'
import type { Finding } from '@/lib/flow/answer/traffic/findings'
import { factsOf } from '@/lib/flow/finding/facts'
import { Picture } from './picture'

/** One finding: its description, its reasons, and a link to its tuples. */
export function FindingCard({ finding, actions }: { finding: Finding; actions?: ReactNode }) {
  const view = useView()
  const { kind, level, score, sentence, tuples, first, last } = finding
  const { label, rule } = factsOf(kind)
  const at = new Date(momentOf(finding)).toISOString()
  return (
    <li className="flex flex-col gap-1.5 px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <time dateTime={at} title={`${formatInstant(first, view.zone)} – ${formatInstant(last, view.zone)}`} className="data text-muted">
          {formatSecond(at, view.zone)}
        </time>
        <LevelMark level={level} score={score} />
        <span className="font-medium" title={rule}>
          {label}
        </span>
        <span className="ml-auto flex items-center gap-1">
          <Link href={showHref(view, finding)} prefetch={false} className={buttonClass('ghost')} title="opens them in the explorer">
            <ListTree aria-hidden="true" size={13} />
            Show {formatPlural(tuples, 'tuple')}
          </Link>
          {actions}
        </span>
      </div>
      <p className="wrap-anywhere">{sentence}.</p>
      <Picture finding={finding} />
    </li>
  )
}
