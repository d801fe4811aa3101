'use client'

import Link from 'next/link'
import { lossesOf } from '@/components/parts/answer/losses'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { useView } from '@/components/parts/view/use-view'
import { classNames } from '@/components/ui/class-names'
import type { Coverage } from '@/lib/flow/answer/answer'

function text(coverage: Coverage, losses: readonly string[]): string {
  if (losses.length > 0) return `Not counted: ${losses.join(', ')}`
  if (coverage.blobs === 0) return 'No data: no blob in this range'
  const all = coverage.blobs === 1 ? '1 blob' : `all ${formatCount(coverage.blobs)} blobs`
  return `Nothing was lost: every byte of ${all} was read`
}

/** Data of the range that is missing from the figures, with a link to the coverage page. */
export function LossFact({ coverage }: { coverage: Coverage }) {
  const { href } = useView()
  const losses = lossesOf(coverage)
  const caution = losses.length > 0
  const title = caution
    ? `${formatPlural(coverage.problems.length, 'problem')} on the coverage page, each with its blob, byte and text`
    : 'The coverage page shows every hour of every NIC'
  return (
    <li className={classNames(caution && 'text-caution')}>
      <Link
        href={href({}, '/coverage')}
        prefetch={false}
        title={title}
        className="-my-1.5 rounded-sm py-1.5 underline-offset-3 hover:underline"
      >
        {text(coverage, losses)}
      </Link>
    </li>
  )
}
