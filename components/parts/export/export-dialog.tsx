'use client'

import { useState } from 'react'
import { useBasis } from '@/components/parts/answer/use-basis'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { formatRange } from '@/components/parts/format/time'
import { TryAgain } from '@/components/parts/session/try-again'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { ResolvedView } from '@/lib/flow/answer/answer'
import { formatBytes } from '@/lib/flow/text/bytes'
import { ExportChoices } from './export-choices'
import { type ExportChoice, exportHref, exportName } from './export-href'
import { ExportProgress } from './export-progress'
import type { Exported } from './exported'
import { useExport } from './use-export'

const FIRST: ExportChoice = { per: 'tuple', format: 'csv', schema: 'tuple', columns: 'all', folder: false }

/** Exports every row of the view. The view is that of the moment when the export began. */
export function ExportDialog({ exported: { shown, flows }, onClose }: { exported: Exported; onClose: () => void }) {
  const { zone } = useView()
  const { view, matched, partial } = useBasis()
  const [choice, setChoice] = useState<ExportChoice>({ ...FIRST, per: shown ? 'tuple' : 'flow' })
  const [asked, setAsked] = useState<{ view: ResolvedView; total: number } | null>(null)
  const { state, start, cancel } = useExport()
  const saving = state.phase === 'saving'
  const rows = shown ? matched : flows
  const counted = saving ? asked : view === null || rows === null ? null : { view, total: rows }

  function save() {
    if (counted === null) return
    setAsked(counted)
    void start(exportHref(counted.view, choice, shown ?? []), exportName(counted.view, choice))
  }

  return (
    <Dialog title="Export rows" onClose={saving ? cancel : onClose}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <fieldset disabled={saving} className="flex min-w-0 flex-col gap-3">
          <legend className="sr-only">File options</legend>
          <ExportChoices choice={choice} shown={shown?.length ?? 0} onChange={setChoice} />
        </fieldset>
        <p className="text-label text-muted">
          {counted === null ? (
            'No answer yet'
          ) : (
            <>
              <span className="data text-ink">{formatCount(counted.total)}</span> {counted.total === 1 ? 'row' : 'rows'} of{' '}
              <span className="data">{formatRange(counted.view.from, counted.view.to, zone)}</span>
              {shown ? ', each with its blob, ETag and offset' : ', one for each flow'}
            </>
          )}
        </p>
        {partial && !saving ? (
          <p className="text-label text-caution">The range is still being read: the file waits for all of it.</p>
        ) : null}
        <div role="status" className="min-h-9">
          {state.phase === 'saving' ? <ExportProgress saved={state.saved} total={asked?.total ?? 0} choice={choice} /> : null}
          {state.phase === 'saved'
            ? `Saved ${state.name}: ${formatPlural(asked?.total ?? 0, 'row')}, ${formatBytes(state.saved.bytes)}`
            : null}
          {state.phase === 'cancelled' ? 'Cancelled: no file was saved' : null}
          {state.phase === 'failed' ? <span className="wrap-anywhere text-caution">{state.message}</span> : null}
        </div>
        <div className="flex justify-end gap-2">
          {saving ? <Button onClick={cancel}>Cancel</Button> : <Button onClick={onClose}>Close</Button>}
          <TryAgain>
            <Button type="submit" look="primary" disabled={saving || counted === null}>
              {state.phase === 'failed' ? 'Try again' : 'Export'}
            </Button>
          </TryAgain>
        </div>
      </form>
    </Dialog>
  )
}
