'use client'

import { Eye } from 'lucide-react'
import { useState } from 'react'
import { Failed } from '@/components/parts/answer/failed'
import { formatDuration } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { RowsSkeleton } from '@/components/ui/marks/rows-skeleton'
import { Panel } from '@/components/ui/panel'
import { Empty } from '@/components/ui/states/empty'
import { Notice } from '@/components/ui/states/notice'
import type { WatchesAnswer } from '@/lib/flow/answer/kept/watch'
import { AlertRow } from './alert-row'
import { useAlerts, useCreateWatch, useWatches } from './use-watches'
import { draftOf, WatchDialog } from './watch-dialog'
import { WatchRow } from './watch-row'

function NewButton() {
  const { params } = useView()
  const [open, setOpen] = useState(false)
  const create = useCreateWatch()
  return (
    <>
      <Button look="primary" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Eye aria-hidden="true" size={13} />
        New watch
      </Button>
      {open ? (
        <WatchDialog
          title="New watch"
          initial={draftOf(params.get('q') ?? '', params.getAll('log'))}
          busy={create.isPending}
          problem={create.error?.message ?? null}
          onSave={(draft) => create.mutate(draft, { onSuccess: () => setOpen(false) })}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}

/** Tells the interval of the rounds, the sources that are read, and the addresses that receive alerts. */
function About({ every, sources, webhooks, watches, problems }: WatchesAnswer) {
  const isAsked = watches.some(({ round }) => round !== null)
  return (
    <>
      {every === null ? (
        <Notice tone={isAsked ? 'neutral' : 'caution'} title="This server asks no watches">
          Set FLOWLENS_WATCH, such as 5m, or run npm run follow with it. Watches are kept meanwhile.
        </Notice>
      ) : null}
      {sources.length === 0 ? (
        <Notice tone="caution" title="There is nothing that watches may read">
          No source is configured, or every one is read with each person’s own rights: a watch has those of nobody.
        </Notice>
      ) : null}
      {problems.length > 0 ? (
        <Notice tone="caution" title="Some of what is kept could not be read">
          {problems.join('; ')}
        </Notice>
      ) : null}
      <p className="text-label text-muted wrap-anywhere">
        {every === null ? '' : `Asked every ${formatDuration(every)}. `}
        {sources.length === 0 ? '' : `Watches read ${sources.join(', ')}. `}
        {webhooks.length === 0 ? 'Nobody is told: FLOWLENS_WEBHOOK is not set.' : `Told to ${webhooks.join(', ')}.`}
      </p>
    </>
  )
}

function Alerts() {
  const { data, error, refetch } = useAlerts()
  return (
    <Panel title={data === undefined ? 'Alerts' : `Alerts: ${data.open} of ${data.total} open`}>
      {data === undefined ? (
        error === null ? (
          <RowsSkeleton rows={3} height={57} />
        ) : (
          <Failed message={error.message} requestId={null} onRetry={() => void refetch()} />
        )
      ) : data.alerts.length === 0 ? (
        <Empty title="No watch has found anything yet" />
      ) : (
        <ul className="divide-y divide-line/60">
          {data.alerts.map((alert) => (
            <AlertRow key={alert.id} alert={alert} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** The page of watches, which the server evaluates again and again, and of their alerts. */
export function WatchesPage() {
  const { data, error, refetch } = useWatches()
  return (
    <div className="flex flex-col gap-3 px-3 pt-3 pb-4 sm:px-4">
      <h1 className="sr-only">Watches</h1>
      {data === undefined ? null : <About {...data} />}
      <Panel title="Watches" actions={<NewButton />}>
        {data === undefined ? (
          error === null ? (
            <RowsSkeleton rows={3} height={57} />
          ) : (
            <Failed message={error.message} requestId={null} onRetry={() => void refetch()} />
          )
        ) : data.watches.length === 0 ? (
          <Empty title="There are no watches yet">
            A watch asks for findings, or for so much of what a filter selects, as blocks arrive. What it finds is kept here and sent to the
            webhooks of this server.
          </Empty>
        ) : (
          <ul className="divide-y divide-line/60">
            {data.watches.map((watch) => (
              <WatchRow key={watch.id} watch={watch} />
            ))}
          </ul>
        )}
      </Panel>
      <Alerts />
    </div>
  )
}
