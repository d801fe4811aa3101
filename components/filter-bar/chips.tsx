'use client'

import { X } from 'lucide-react'
import Link from 'next/link'
import type { MouseEvent } from 'react'
import { useView } from '@/components/view/use-view'
import { type Chip, chips, negateTerm, removeTerm } from '@/lib/link/edit'

function ChipLabel({ chip }: { chip: Chip }) {
  const colon = chip.field === null ? -1 : chip.text.indexOf(':')
  const bare = chip.negated ? chip.text.replace(/^(not\s+|-)/i, '') : chip.text
  if (colon < 0) return <>{bare}</>
  const at = bare.indexOf(':')
  return (
    <>
      <span className="text-muted">{bare.slice(0, at + 1)}</span>
      {bare.slice(at + 1)}
    </>
  )
}

function ChipItem({ chip, q }: { chip: Chip; q: string }) {
  const { href, go } = useView()
  const change = (text: string) => ({ q: text === '' ? null : text })
  const negated = change(negateTerm(q, chip.span))
  const removed = change(removeTerm(q, chip.span))
  const follow = (patch: { q: string | null }) => (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(patch)
  }
  return (
    <li className="flex h-7 max-w-full items-stretch overflow-hidden rounded-md border border-line bg-surface">
      <Link
        href={href(negated)}
        onClick={follow(negated)}
        prefetch={false}
        title={chip.negated ? 'Turn into: only this' : 'Turn into: without this'}
        className="data flex min-w-0 items-center gap-1.5 px-2 text-label -outline-offset-2 hover:bg-hover"
      >
        {chip.negated ? <span className="rounded-sm bg-hover px-1 font-sans font-medium text-ink">not</span> : null}
        <span className="truncate">
          <ChipLabel chip={chip} />
        </span>
      </Link>
      <Link
        href={href(removed)}
        onClick={follow(removed)}
        prefetch={false}
        aria-label={`Remove ${chip.text}`}
        title="Remove"
        className="flex w-7 items-center justify-center border-l border-line text-muted -outline-offset-2 hover:bg-hover hover:text-ink"
      >
        <X aria-hidden="true" size={12} />
      </Link>
    </li>
  )
}

/** The terms of the filter: click one to turn it around, its cross to remove it. */
export function Chips() {
  const { q, problem } = useView()
  if (problem !== null || q.trim() === '') return null
  return (
    <ul aria-label="Terms of the filter" className="flex min-w-0 flex-wrap gap-1.5">
      {chips(q).map((chip) => (
        <ChipItem key={`${chip.span.at} ${chip.text}`} chip={chip} q={q} />
      ))}
    </ul>
  )
}
