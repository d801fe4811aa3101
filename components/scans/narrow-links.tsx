'use client'

import { EyeOff, LogIn } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { narrowed } from '@/components/value/value-link'
import { PatchLink } from '@/components/view/patch-link'
import { useView } from '@/components/view/use-view'
import { type ScanGroup, type ScanThresholds, USUAL, writeScanner } from '@/lib/flow/scan'

/** Two terms of the filter, each a click away: without the scanners that were kept out, and only those that got in. */
export function NarrowLinks({ group, thresholds }: { group: ScanGroup; thresholds: ScanThresholds }) {
  const { q } = useView()
  const keptOut = writeScanner({ word: 'kept-out', group, thresholds })
  const letIn = writeScanner({ word: 'let-in', group, thresholds: USUAL })
  const without = narrowed(q, 'scanner', keptOut, true)
  const only = narrowed(q, 'scanner', letIn, false)
  if (without === null || only === null) return null
  return (
    <>
      <PatchLink
        patch={{ q: without }}
        className={buttonClass()}
        title={`Leaves every scanner out that was not let in; those that got in and single probes stay\nnot scanner:${keptOut}`}
      >
        <EyeOff aria-hidden="true" size={14} />
        Hide scanners
      </PatchLink>
      <PatchLink
        patch={{ q: only }}
        className={buttonClass()}
        title={`Keeps only what sources did that were both denied and let in inbound\nscanner:${letIn}`}
      >
        <LogIn aria-hidden="true" size={14} />
        Only those that got in
      </PatchLink>
    </>
  )
}
