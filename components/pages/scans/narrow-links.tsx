'use client'

import { Eye, EyeOff, LogIn } from 'lucide-react'
import { narrowed } from '@/components/parts/value/value-link'
import { PatchLink } from '@/components/parts/view/patch-link'
import { useView } from '@/components/parts/view/use-view'
import { buttonClass } from '@/components/ui/button'
import { type ScanGroup, type ScanThresholds, USUAL, writeScanner } from '@/lib/flow/field/scan'
import { chips, removeTerm } from '@/lib/link/editing/edit'

/** A link that adds a term to the filter, or removes it. */
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
  /** Label of the link if it removes the term. */
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

/** Two links that change the filter: without scanners that were never allowed, and only sources that were. */
export function NarrowLinks({ group, thresholds }: { group: ScanGroup; thresholds: ScanThresholds }) {
  return (
    <>
      <TermLink
        value={writeScanner({ word: 'kept-out', group, thresholds })}
        not
        name="Hide scanners"
        back="Show scanners"
        about="Hides scanners that were never allowed in; probes stay"
        Icon={EyeOff}
      />
      <TermLink
        value={writeScanner({ word: 'let-in', group, thresholds: USUAL })}
        name="Only sources also allowed"
        back="Show all sources"
        about="Only sources that were both denied and allowed inbound"
        Icon={LogIn}
      />
    </>
  )
}
