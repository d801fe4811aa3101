'use client'

import { Eye, EyeOff, LogIn } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { narrowed } from '@/components/value/value-link'
import { PatchLink } from '@/components/view/patch-link'
import { useView } from '@/components/view/use-view'
import { type ScanGroup, type ScanThresholds, USUAL, writeScanner } from '@/lib/flow/scan'
import { chips, removeTerm } from '@/lib/link/edit'

/** A click that adds a term to the filter, or takes it back where it stands there. */
function TermLink({
  value,
  not = false,
  name,
  back,
  about,
  Icon,
}: {
  value: string
  not?: boolean
  name: string
  /** What the click is called that takes the term back. */
  back: string
  about: string
  Icon: typeof Eye
}) {
  const { q } = useView()
  const next = narrowed(q, 'scanner', value, not)
  if (next === null) return null
  const term =
    next === q ? chips(q).find(({ field, negated, text }) => field === 'scanner' && negated === not && text.endsWith(value)) : undefined
  const left = term ? removeTerm(q, term.span) : next
  return (
    <PatchLink
      patch={{ q: left === '' ? null : left }}
      className={buttonClass()}
      title={`${term ? back : about}\n${not ? 'not ' : ''}scanner:${value}`}
    >
      {term ? <Eye aria-hidden="true" size={14} /> : <Icon aria-hidden="true" size={14} />}
      {term ? back : name}
    </PatchLink>
  )
}

/** Two terms of the filter, each a click away: without the scanners that were kept out, and only those that got in. */
export function NarrowLinks({ group, thresholds }: { group: ScanGroup; thresholds: ScanThresholds }) {
  return (
    <>
      <TermLink
        value={writeScanner({ word: 'kept-out', group, thresholds })}
        not
        name="Hide scanners"
        back="Show scanners"
        about="Leaves out every scanner that was not let in; those that got in stay, and so do probes"
        Icon={EyeOff}
      />
      <TermLink
        value={writeScanner({ word: 'let-in', group, thresholds: USUAL })}
        name="Only those that got in"
        back="Show all sources"
        about="Keeps only what sources did that were both denied and let in inbound"
        Icon={LogIn}
      />
    </>
  )
}
