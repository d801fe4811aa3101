'use client'

import { LoaderCircle } from 'lucide-react'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { formatCount } from '@/components/parts/format/number'
import { formatDuration } from '@/components/parts/format/time'
import { useKey } from '@/components/parts/keys/use-key'
import { Button } from '@/components/ui/button'
import type { Progress } from '@/lib/flow/answer/read/load'
import { formatBytes } from '@/lib/flow/text/bytes'
import { Fact, Facts } from './facts'

/** Progress of reading the range, null before it is known, and a button to stop it. */
export function ReadingStatus({ progress }: { progress: Progress | null }) {
  const { cancel } = useLoad()
  useKey({ keys: 'Escape', does: 'stop reading', group: 'Always' }, cancel)
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3">
      <span className="flex h-7 items-center gap-1.5 text-label font-medium text-accent">
        <LoaderCircle aria-hidden="true" size={13} className="animate-spin motion-reduce:animate-none" />
        Reading
      </span>
      {progress === null ? null : (
        <Facts>
          <Fact value={`${formatCount(progress.blobsRead)} of ${formatCount(progress.blobs)}`} name="blobs" after />
          <Fact value={`${formatBytes(progress.bytesRead)} of ${formatBytes(progress.bytes)}`} name="" after />
          <Fact value={formatCount(progress.tuples)} name="tuples" after />
          {progress.left === null ? null : (
            <Fact value={formatDuration(Math.max(1000, Math.ceil(progress.left / 1000) * 1000))} name="left" after />
          )}
        </Facts>
      )}
      <Button title="Stop reading (Esc)" onClick={cancel}>
        Cancel
      </Button>
    </div>
  )
}
