'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { useView } from '@/components/parts/view/use-view'

/** The label of the hatched part of the bars, with a link to its sources. */
export function NoiseMark({ children }: { children: ReactNode }) {
  const { href } = useView()
  return (
    <Link
      href={href({}, '/scans')}
      prefetch={false}
      className="hit flex items-center gap-1.5 rounded-sm underline-offset-3 hover:text-ink hover:underline"
    >
      <svg aria-hidden="true" viewBox="0 0 18 18" className="size-[18px] shrink-0 rounded-sm">
        <rect width={18} height={18} fill="var(--color-deny-soft)" />
        <path d="M-2 8 8-2M-2 14 14-2M-2 20 20-2M4 20 20 4M10 20 20 10" stroke="var(--color-deny-fill)" strokeWidth={2} />
      </svg>
      of which scanning, hatched
      <span className="data text-ink">{children}</span>
    </Link>
  )
}
