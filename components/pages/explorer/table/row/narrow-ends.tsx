'use client'

import { useContextNames, useWhois } from '@/components/parts/whois/use-whois'
import { Whois } from '@/components/parts/whois/whois'
import { classNames } from '@/components/ui/class-names'

/** Heights of a row of three lines, and of one with a fourth line for the context of its addresses. Pixels. */
const HEIGHTS = { plain: 68, named: 84 }

/** Returns the height of rows on screens without room for columns. Pixels. */
export function useNarrowHeight(): number {
  return useContextNames().length > 0 ? HEIGHTS.named : HEIGHTS.plain
}

interface Ends {
  src: string
  sport: number
  dst: string
  dport: number
}

/** What is known of both ends, the first one first; nothing if nothing is known. */
function Names({ src, dst }: Pick<Ends, 'src' | 'dst'>) {
  const known = [useWhois(src), useWhois(dst)].some((found) => found !== null)
  if (!known) return null
  return (
    <span className="flex h-4 min-w-0 items-center gap-1.5 text-label text-muted">
      <Whois address={src} />
      <span>→</span>
      <Whois address={dst} />
    </span>
  )
}

/** Both ends of a tuple or flow, whole, and below them what is known of them. */
export function NarrowEnds({ src, sport, dst, dport }: Ends) {
  return (
    <>
      <span className={classNames('data line-clamp-2 break-all', src.length + dst.length > 34 ? 'text-[10px] leading-3.5' : 'text-label')}>
        {src}
        <span className="text-faint">:{sport}</span> → {dst}
        <span className="text-faint">:{dport}</span>
      </span>
      <Names src={src} dst={dst} />
    </>
  )
}
