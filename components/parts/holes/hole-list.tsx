'use client'

import Link from 'next/link'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { formatPlural } from '@/components/parts/format/number'
import { TryAgain } from '@/components/parts/session/try-again'
import { useView } from '@/components/parts/view/use-view'
import { writeInstant } from '@/lib/link/keys/instant'
import { type Mark, timesOf } from './marks'

const MOST = 8

/** Missing data hour by hour, with links to the coverage page and a button that tries again. */
export function HoleList({ holes, unlisted, onRetry }: { holes: readonly Mark[]; unlisted: readonly string[]; onRetry: () => void }) {
  const { href, zone } = useView()
  const { resume } = useLoad()
  function retry() {
    onRetry()
    resume()
  }
  return (
    <div className="flex w-96 max-w-full flex-col gap-2">
      <p className="text-muted">
        {holes.every(({ kind }) => kind === 'silent') && unlisted.length === 0
          ? 'Most NICs wrote nothing in these hours: whether there was no traffic, or it was not logged, no blob tells.'
          : 'Figures and charts of these hours are incomplete, or may be.'}
      </p>
      <ul className="flex flex-col">
        {unlisted.map((source) => (
          <li key={source} className="border-t border-line py-1.5">
            <span className="data wrap-anywhere">{source}</span>
            <span className="block text-label text-muted">could not be listed completely: its hours are unknown</span>
          </li>
        ))}
        {holes.slice(0, MOST).map((mark) => (
          <li key={`${mark.from} ${mark.to} ${mark.kind}`} className="border-t border-line">
            <Link
              href={href({ at: writeInstant(mark.hours?.from ?? mark.from) }, '/coverage')}
              prefetch={false}
              className="block rounded-sm py-1.5 hover:bg-hover"
            >
              <span className="data text-accent underline decoration-current/40 underline-offset-3">{timesOf(mark, zone)}</span>
              <span className="block text-label text-muted">{mark.about}</span>
            </Link>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <TryAgain onRetry={retry} />
        <Link
          href={href({ holes: '1' }, '/coverage')}
          prefetch={false}
          className="inline-flex min-h-7 items-center text-label text-accent hover:underline"
        >
          {holes.length > MOST ? `${formatPlural(holes.length - MOST, 'more hole')} on the coverage page` : 'All on the coverage page'}
        </Link>
      </div>
    </div>
  )
}
