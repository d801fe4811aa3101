'use client'

import { Pause, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { formatPlural } from '@/components/parts/format/number'
import { formatInstant } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'
import { Button, IconButton } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { Watch } from '@/lib/flow/answer/kept/watch'
import { conditionText } from './condition-text'
import { useChangeWatch, useDeleteWatch } from './use-watches'
import { WatchDialog } from './watch-dialog'

function Changes({ watch }: { watch: Watch }) {
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  const change = useChangeWatch(watch)
  const remove = useDeleteWatch(watch)
  const { paused, title, condition, alerts } = watch
  return (
    <span className="flex items-center gap-1">
      <IconButton label={paused ? `Resume ${title}` : `Pause ${title}`} onClick={() => change.mutate({ paused: !paused })}>
        {paused ? <Play aria-hidden="true" size={14} /> : <Pause aria-hidden="true" size={14} />}
      </IconButton>
      <Button look="ghost" aria-haspopup="dialog" onClick={() => setOpen('edit')}>
        Change
      </Button>
      <IconButton label={`Delete ${title}`} aria-haspopup="dialog" onClick={() => setOpen('delete')}>
        <Trash2 aria-hidden="true" size={14} />
      </IconButton>
      {open === 'edit' ? (
        <WatchDialog
          title="Change this watch"
          initial={{ title, condition }}
          busy={change.isPending}
          problem={change.error?.message ?? null}
          onSave={(draft) => change.mutate(draft, { onSuccess: () => setOpen(null) })}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {open === 'delete' ? (
        <Dialog title="Delete this watch" onClose={() => setOpen(null)}>
          <p className="wrap-anywhere">
            “{title}” will be deleted for everybody, with {formatPlural(alerts, 'alert')}. What has been sent stays sent.
          </p>
          {remove.error ? (
            <p role="alert" className="text-caution">
              {remove.error.message}
            </p>
          ) : null}
          <div className="mt-3 flex justify-end gap-2">
            <Button onClick={() => setOpen(null)}>Keep it</Button>
            <Button look="primary" disabled={remove.isPending} onClick={() => remove.mutate(undefined)}>
              Delete
            </Button>
          </div>
        </Dialog>
      ) : null}
    </span>
  )
}

/** Shows a watch: its condition, its last round, and buttons that change it. */
export function WatchRow({ watch }: { watch: Watch }) {
  const { zone } = useView()
  const { title, condition, paused, by, mine, round, open, alerts } = watch
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-0.5 px-3 py-2">
      <div className="min-w-0 flex-1 basis-80">
        <p className="font-medium wrap-anywhere">
          {title}
          {by === null ? null : <span className="ml-2 font-normal text-muted">by {by}</span>}
        </p>
        <p className="text-muted wrap-anywhere">{conditionText(condition)}</p>
        {round?.problem ? <p className="text-caution wrap-anywhere">The last round was incomplete: {round.problem}</p> : null}
      </div>
      <span className="data text-label text-muted">
        {paused ? 'paused' : round === null ? 'not asked yet' : `asked ${formatInstant(round.asked, zone)}`}
      </span>
      <span className="data text-label text-muted">
        {formatPlural(alerts, 'alert')}, {open} open
      </span>
      {mine === false ? null : <Changes watch={watch} />}
    </li>
  )
}
