'use client'

import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { Failed } from '@/components/parts/answer/failed'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { Button, IconButton } from '@/components/ui/button'
import { type SegmentChoice, Segmented } from '@/components/ui/segmented'
import type { VerifyProgress } from '@/lib/flow/answer/evidence/verify'
import { formatBytes } from '@/lib/flow/text/bytes'
import { useVerify, type Verifying } from './use-verify'
import { VerifyResult } from './verify-result'

const COUNTS = ['100', '1000', '10000'] as const
type Count = (typeof COUNTS)[number]
const CHOICES: readonly SegmentChoice<Count>[] = COUNTS.map((value) => ({ value, label: formatCount(Number(value)) }))

function Running({ progress, onCancel }: { progress: VerifyProgress | null; onCancel: () => void }) {
  return (
    <div className="flex items-center gap-3">
      <progress
        aria-label="Verifying"
        className="h-1.5 min-w-0 flex-1 accent-accent"
        max={Math.max(1, progress?.ofBlobs ?? 1)}
        value={progress?.blobs ?? 0}
      />
      <span className="data shrink-0 text-label text-muted">
        {progress === null
          ? 'starting'
          : `${formatCount(progress.blobs)} of ${formatPlural(progress.ofBlobs, 'blob')}, ${formatBytes(progress.bytesRead)}`}
      </span>
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  )
}

function Outcome({ check, cancel, onRetry }: Pick<Verifying, 'check' | 'cancel'> & { onRetry: () => void }) {
  if (check.phase === 'running') return <Running progress={check.progress} onCancel={cancel} />
  if (check.phase === 'failed') return <Failed message={check.message} requestId={check.requestId} onRetry={onRetry} />
  if (check.phase === 'done') return <VerifyResult answer={check.answer} />
  return check.phase === 'cancelled' ? (
    <p role="status" className="text-label text-muted">
      The check was cancelled; no result is shown.
    </p>
  ) : null
}

/** Compares rows of the view, or all bytes that they came from, with the current bytes in storage. Must be inside a `Dialog.Root`. */
export function VerifyDialog() {
  const { check, start, cancel } = useVerify()
  const [count, setCount] = useState<Count>('1000')
  const [last, setLast] = useState(false)
  const running = check.phase === 'running'
  const begin = (pieces: boolean) => {
    setLast(pieces)
    start(Number(count), pieces)
  }
  return (
    <Dialog.Portal>
      <Dialog.Overlay className="fixed inset-0 z-50 bg-[#0006]" />
      <Dialog.Content
        data-modal
        className="fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-32px)] w-160 max-w-[calc(100vw-32px)] -translate-1/2 overflow-auto rounded-lg bg-raised p-4 shadow-float outline-none"
      >
        <div className="flex items-center justify-between pb-1">
          <Dialog.Title className="text-title font-semibold">Verify against storage</Dialog.Title>
          <Dialog.Close asChild>
            <IconButton label="Close">
              <X aria-hidden="true" size={15} />
            </IconButton>
          </Dialog.Close>
        </div>
        <Dialog.Description className="text-label text-pretty text-muted">
          Reads the lines of a sample of the view’s rows from storage again and compares every field with what was counted. The sample is
          spread evenly and is the same each time. All bytes: also hashes everything that was counted of these blobs and compares the
          SHA-256.
        </Dialog.Description>
        <div className="flex flex-wrap items-center gap-2 py-3">
          <Segmented label="Rows to check" choices={CHOICES} value={count} onChange={setCount} />
          <Button look="primary" disabled={running} onClick={() => begin(false)}>
            Verify rows
          </Button>
          <Button disabled={running} onClick={() => begin(true)}>
            Verify all bytes
          </Button>
        </div>
        <Outcome check={check} cancel={cancel} onRetry={() => begin(last)} />
      </Dialog.Content>
    </Dialog.Portal>
  )
}
